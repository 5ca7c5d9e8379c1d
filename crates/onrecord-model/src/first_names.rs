//! Short forms of first names.

/// Short forms, each with the full forms that it stands for, in lower case without accents; sorted.
#[rustfmt::skip]
const SHORT_FORMS: &[(&str, &[&str])] = &[
    ("abby", &["abigail"]), ("abe", &["abraham"]), ("abu", &["abubakar"]), ("addie", &["adelaide"]), ("ade", &["adewale"]),
    ("al", &["alan", "albert"]), ("alec", &["alexander"]), ("alex", &["alejandro", "alexander", "alexandra"]), ("alf", &["alfred"]),
    ("alfie", &["alfred"]), ("ally", &["alison", "alistair"]), ("alyosha", &["alexei"]), ("andryusha", &["andrei"]), ("andy", &["andrew"]),
    ("angie", &["angela"]), ("ania", &["anna"]), ("annie", &["ann"]), ("anya", &["anna"]), ("archie", &["archibald"]), ("arnie", &["arnold"]),
    ("art", &["arthur"]), ("asia", &["joanna"]), ("augie", &["augustus"]), ("baby", &["teresita"]), ("bandi", &["andras"]), ("bane", &["branislav"]),
    ("barb", &["barbara"]), ("barney", &["barnaby", "bernard"]), ("bart", &["bartholomew"]), ("basia", &["barbara"]), ("bea", &["beatrice"]),
    ("becky", &["rebecca"]), ("bella", &["isabella"]), ("ben", &["benedict", "benito", "benjamin"]), ("bennie", &["benjamin"]),
    ("benny", &["benjamin"]), ("beppe", &["giuseppe"]), ("bernie", &["bernard"]), ("bert", &["albert"]), ("berta", &["roberta"]),
    ("bertie", &["albert", "herbert"]), ("bess", &["elizabeth"]), ("beth", &["elizabeth"]), ("beto", &["alberto", "roberto"]),
    ("betsy", &["elizabeth"]), ("betty", &["elizabeth"]), ("bill", &["william"]), ("billy", &["william"]), ("bob", &["robert"]),
    ("boba", &["slobodan"]), ("bobby", &["robert"]), ("bong", &["ferdinand"]), ("bongbong", &["ferdinand"]), ("bora", &["borislav"]),
    ("borya", &["boris"]), ("bosse", &["bo"]), ("boy", &["roberto"]), ("bram", &["abraham"]), ("brana", &["branislav"]), ("cal", &["calvin"]),
    ("cam", &["cameron"]), ("carrie", &["caroline"]), ("cassie", &["cassandra"]), ("cate", &["catherine"]), ("cath", &["catherine"]),
    ("cathy", &["catherine"]), ("ceci", &["cecilia"]), ("charlie", &["charles"]), ("chas", &["charles"]), ("chelo", &["consuelo"]),
    ("chema", &["jose"]), ("chepe", &["jose"]), ("chet", &["chester"]), ("chico", &["francisco"]), ("chidi", &["chidiebere"]), ("chip", &["charles"]),
    ("chito", &["jesus"]), ("chris", &["christine", "christopher"]), ("chrissy", &["christine"]), ("christy", &["christine"]),
    ("chuck", &["charles"]), ("chuy", &["jesus"]), ("cindy", &["cynthia"]), ("cliff", &["clifford"]), ("clint", &["clinton"]),
    ("concha", &["concepcion"]), ("connie", &["concepcion", "constance"]), ("cora", &["corazon"]), ("cory", &["corazon"]), ("cuca", &["refugio"]),
    ("dan", &["daniel"]), ("dannie", &["daniel"]), ("danny", &["daniel"]), ("dave", &["david"]), ("davy", &["david"]), ("deb", &["deborah"]),
    ("debbie", &["deborah"]), ("debs", &["deborah"]), ("dee", &["deirdre"]), ("del", &["derek"]), ("denny", &["dennis"]), ("des", &["desmond"]),
    ("dez", &["desmond"]),
    ("dick", &["richard"]), ("dima", &["dmitri", "dmitry"]), ("djole", &["djordje"]), ("dolly", &["dorothy"]), ("dom", &["dominic"]),
    ("don", &["donald"]), ("donnie", &["donald"]), ("donny", &["donald"]), ("dot", &["dorothea", "dorothy"]), ("dottie", &["dorothy"]),
    ("doug", &["douglas"]), ("dougie", &["douglas"]), ("dragan", &["dragutin"]), ("drew", &["andrew"]), ("duda", &["eduarda"]),
    ("dudu", &["eduardo"]), ("duke", &["marmaduke"]), ("ed", &["edward"]), ("eddie", &["edward"]), ("eddy", &["edward"]), ("edie", &["edith"]),
    ("effie", &["euphemia"]), ("eliza", &["elizabeth"]), ("ella", &["eleanor"]), ("ellie", &["eleanor"]), ("elsie", &["elizabeth"]),
    ("emeka", &["chukwuemeka"]), ("enzo", &["lorenzo", "vincenzo"]), ("ernie", &["ernest"]), ("erzsi", &["erzsebet"]), ("evie", &["evelyn"]),
    ("fanny", &["frances"]), ("fedya", &["fyodor"]), ("femi", &["oluwafemi"]), ("fergie", &["ferguson"]), ("feri", &["ferenc"]),
    ("fito", &["adolfo"]), ("flo", &["florence"]), ("fran", &["frances", "francesca"]), ("francie", &["francis"]),
    ("frank", &["francis", "franklin"]), ("frankie", &["francis"]), ("fred", &["frederick"]), ("freddie", &["frederick"]), ("freddy", &["frederick"]),
    ("fritz", &["friedrich"]), ("gabe", &["gabriel"]), ("gabi", &["gabriel"]), ("gail", &["abigail"]), ("geoff", &["geoffrey"]),
    ("gerry", &["gerald", "geraldine"]), ("gianni", &["giovanni"]), ("gigi", &["luigi"]), ("gina", &["regina"]), ("ging", &["virginia"]),
    ("ginny", &["virginia"]), ("gino", &["luigi"]), ("goca", &["gordana"]), ("gosia", &["malgorzata"]), ("goyo", &["gregorio"]),
    ("greg", &["gregory"]), ("greta", &["margaret"]), ("grisha", &["grigory"]), ("guga", &["gustavo"]), ("gus", &["augustus"]),
    ("gussie", &["augusta"]), ("guto", &["augusto"]), ("gyuri", &["gyorgy"]), ("hal", &["henry"]), ("hank", &["henry"]), ("hannes", &["johannes"]),
    ("hans", &["johannes"]), ("hansi", &["johannes"]), ("harri", &["harold"]), ("harry", &["harold", "henry"]), ("hattie", &["harriet"]),
    ("heinz", &["heinrich"]), ("herb", &["herbert"]), ("herbie", &["herbert"]), ("hillary", &["hilary"]), ("honza", &["jan"]),
    ("iggy", &["ignatius"]), ("ike", &["dwight", "isaac"]), ("izzy", &["isabel", "isidore"]), ("jack", &["jackson", "john"]),
    ("jackie", &["jacqueline"]), ("jake", &["jacob"]), ("jamie", &["james"]), ("jan", &["janet", "janice"]), ("jancsi", &["janos"]),
    ("janek", &["jan"]), ("jani", &["janos"]), ("jarda", &["jaroslav"]), ("jasiek", &["jan"]), ("jay", &["jason"]), ("jeff", &["jeffrey"]),
    ("jen", &["jennifer"]), ("jenny", &["jennifer"]), ("jerry", &["gerald", "jerome"]), ("jess", &["jessica"]), ("jessie", &["jessica"]),
    ("jim", &["jaime", "james"]), ("jimmy", &["james"]), ("jirka", &["jiri"]), ("jo", &["joanna", "josephine"]), ("jochen", &["joachim"]),
    ("jock", &["john"]), ("jody", &["joseph"]), ("joe", &["jose", "joseph"]), ("joey", &["joseph"]), ("johnnie", &["john"]), ("johnny", &["john"]),
    ("jon", &["john", "jonathan"]), ("jonny", &["jonathan"]), ("josh", &["joshua"]), ("josie", &["josefina", "josephine"]), ("juca", &["jose"]),
    ("jude", &["judith"]), ("judy", &["judith"]), ("jules", &["julia", "julian"]), ("jun", &["junior"]), ("jupp", &["josef"]), ("jurek", &["jerzy"]),
    ("jussi", &["johan"]), ("kaisa", &["katarina"]), ("kalle", &["carl", "karl"]), ("kasia", &["katarzyna"]), ("kat", &["katherine"]),
    ("kate", &["catherine", "katherine"]), ("kathy", &["katherine", "kathleen"]), ("kati", &["katalin"]), ("katie", &["katherine"]),
    ("katka", &["katerina"]), ("katya", &["ekaterina", "yekaterina"]), ("kemi", &["oluwakemi"]), ("ken", &["kenneth"]), ("kenny", &["kenneth"]),
    ("kike", &["enrique"]), ("kim", &["kimberly"]), ("kirsty", &["kirsten"]), ("kit", &["christopher", "katherine"]), ("kolya", &["nikolai"]),
    ("kostya", &["konstantin"]), ("krysia", &["krystyna"]), ("krzysiek", &["krzysztof"]), ("kuba", &["jakub"]), ("laci", &["laszlo"]),
    ("lalo", &["eduardo"]), ("larry", &["lawrence"]), ("lasse", &["lars"]), ("laurie", &["lawrence"]), ("laza", &["lazar"]), ("len", &["leonard"]),
    ("lena", &["elena", "yelena"]), ("lenny", &["leonard"]), ("leo", &["leandro", "leonard", "leonardo"]), ("les", &["leslie"]),
    ("lex", &["alexander"]), ("lexi", &["alexandra"]), ("lexie", &["alexandra"]), ("libby", &["elizabeth"]), ("lil", &["lillian"]),
    ("lily", &["lillian"]), ("lisa", &["elizabeth"]), ("liz", &["elizabeth"]), ("liza", &["elizabeth"]), ("lizzie", &["elizabeth"]),
    ("ljilja", &["ljiljana"]), ("ljuba", &["ljubomir"]), ("lola", &["dolores"]), ("loretta", &["lauretta"]), ("lottie", &["charlotte"]),
    ("lou", &["louis", "louise"]), ("louie", &["louis"]), ("lucho", &["luis"]), ("lucy", &["lucille"]), ("luke", &["lucas"]), ("lula", &["luiz"]),
    ("lulu", &["louise"]), ("lupe", &["guadalupe"]), ("lutz", &["ludwig"]), ("lyosha", &["alexei"]), ("lyuda", &["lyudmila"]),
    ("maciek", &["maciej"]), ("maddie", &["madeleine"]), ("madge", &["margaret"]), ("mae", &["mary"]), ("maggie", &["margaret"]),
    ("mags", &["margaret"]), ("maite", &["maria"]), ("maja", &["maria"]), ("mamie", &["mary"]), ("mandy", &["amanda", "miranda"]),
    ("manny", &["manuel"]), ("manolo", &["manuel"]), ("marge", &["margaret"]), ("margie", &["margaret"]), ("margo", &["margaret"]),
    ("mari", &["maria"]), ("maricarmen", &["maria"]), ("marty", &["martin"]), ("marv", &["marvin"]), ("matt", &["matthew"]), ("mattie", &["matilda"]),
    ("maury", &["maurice"]), ("max", &["maximilian"]), ("meg", &["margaret", "megan"]), ("mehdi", &["mahdi"]),
    ("mel", &["melanie", "melissa", "melvin"]), ("memo", &["guillermo"]), ("mencho", &["clemente"]), ("menchu", &["carmen"]), ("merv", &["mervyn"]),
    ("mica", &["milica"]), ("micha", &["michael"]), ("mick", &["michael"]), ("mickey", &["michael"]), ("micky", &["michael"]), ("mike", &["michael"]),
    ("mikey", &["michael"]), ("mila", &["milagros"]), ("mile", &["milan"]), ("millie", &["mildred"]), ("milly", &["emily"]), ("mimi", &["miriam"]),
    ("mimmo", &["domenico"]), ("minnie", &["wilhelmina"]), ("misa", &["mihajlo"]), ("misha", &["mikhail"]), ("missy", &["melissa"]),
    ("mita", &["dimitrije"]), ("mitch", &["mitchell"]), ("mitya", &["dmitry"]), ("mo", &["mohamed", "mohammed", "muhammad"]), ("moe", &["moses"]),
    ("moll", &["mary"]), ("molly", &["mary"]), ("monching", &["ramon"]), ("moncho", &["ramon"]), ("mort", &["mortimer"]), ("nacho", &["ignacio"]),
    ("nadya", &["nadezhda"]), ("nan", &["anne"]), ("nance", &["nancy"]), ("nancy", &["ann"]), ("nando", &["fernando"]), ("nano", &["fernando"]),
    ("nastya", &["anastasia"]), ("nat", &["natalie", "nathan", "nathaniel"]), ("natasha", &["natalia"]), ("nate", &["nathan", "nathaniel"]),
    ("ned", &["edward"]), ("neddy", &["edward"]), ("nell", &["eleanor", "helen"]), ("nellie", &["helen"]), ("nelly", &["eleanor"]),
    ("nena", &["elena"]), ("neso", &["nenad"]), ("neto", &["ernesto"]), ("nick", &["nicholas"]), ("nicky", &["nicholas", "nicola"]),
    ("nikki", &["nicole"]), ("nina", &["antonina"]), ("nino", &["antonino"]), ("nisse", &["nils"]), ("nora", &["eleanor", "honora"]),
    ("norm", &["norman"]), ("olle", &["olof"]), ("ollie", &["oliver"]), ("olya", &["olga"]), ("oz", &["oswald"]), ("paca", &["francisca"]),
    ("paco", &["francisco"]), ("paddy", &["padraig", "patrick"]), ("pam", &["pamela"]), ("pancha", &["francisca"]), ("pancho", &["francisco"]),
    ("paquito", &["francisco"]), ("pasha", &["pavel"]), ("pat", &["patricia", "patrick"]), ("patsy", &["patricia"]), ("patti", &["patricia"]),
    ("pattie", &["patricia"]), ("patty", &["patricia"]), ("paulie", &["paul"]), ("peg", &["margaret"]), ("peggy", &["margaret"]), ("pelle", &["per"]),
    ("penny", &["penelope"]), ("pepa", &["josef", "josefa"]), ("pepe", &["jose"]), ("pepito", &["jose"]), ("peppe", &["giuseppe"]),
    ("pera", &["petar"]), ("perce", &["percival"]), ("pete", &["peter"]), ("petya", &["pyotr"]), ("phil", &["philip"]), ("pili", &["pilar"]),
    ("pinang", &["josefina"]), ("pining", &["josefina"]), ("pino", &["giuseppe"]), ("piotrek", &["piotr"]), ("pip", &["philip"]),
    ("pista", &["istvan"]), ("pisti", &["istvan"]), ("polly", &["mary"]), ("poncho", &["alfonso"]), ("prue", &["prudence"]), ("quim", &["joaquim"]),
    ("quino", &["joaquin"]), ("quique", &["enrique"]), ("rade", &["radomir", "radovan"]), ("rafa", &["rafael"]), ("rafe", &["raphael"]),
    ("ralph", &["raphael"]), ("ralphie", &["ralph"]), ("randy", &["randall", "randolph"]), ("ray", &["raimundo", "raymond"]), ("reg", &["reginald"]),
    ("reggie", &["reginald"]), ("renzo", &["lorenzo"]), ("rich", &["richard"]), ("rick", &["ricardo", "richard"]), ("ricky", &["richard"]),
    ("rita", &["margaret", "margarita"]), ("rob", &["robert", "roberto"]), ("robbie", &["robert"]), ("robin", &["robert"]),
    ("rod", &["roderick", "rodney"]), ("roddy", &["roderick"]), ("roger", &["rodger"]), ("rolf", &["rudolf"]), ("rolly", &["roland"]),
    ("ron", &["ronald", "ronaldo"]), ("ronnie", &["ronald"]), ("rosie", &["rose"]), ("roxy", &["roxanne"]), ("rudy", &["rudolph"]),
    ("russ", &["russell"]), ("sadie", &["sarah"]), ("sal", &["sally", "salvatore"]), ("sally", &["sara", "sarah"]), ("sam", &["samantha", "samuel"]),
    ("sammy", &["samantha", "samuel"]), ("sandra", &["alexandra"]), ("sandro", &["alessandro"]), ("sandy", &["alexander", "alexandra", "sandra"]),
    ("sanja", &["aleksandra"]), ("sanya", &["alexander"]), ("sasa", &["aleksandar"]), ("sasha", &["alexander"]), ("sepp", &["josef"]),
    ("seryozha", &["sergei"]), ("seun", &["oluwaseun"]), ("shelly", &["michelle", "sheldon"]), ("sid", &["sidney"]),
    ("slava", &["svyatoslav", "vyacheslav"]), ("sol", &["solomon"]), ("stacy", &["anastasia"]), ("stan", &["stanley"]), ("staszek", &["stanislaw"]),
    ("steffi", &["stefanie"]), ("steph", &["stephanie"]), ("steve", &["stephen", "steven"]), ("stevie", &["stephen", "steven"]),
    ("stew", &["stewart"]), ("stina", &["kristina"]), ("stole", &["stojan"]), ("stu", &["stuart"]), ("sue", &["susan"]), ("sukie", &["susan"]),
    ("susi", &["susanne"]), ("susie", &["susan"]), ("suzy", &["susan"]), ("sveta", &["svetlana"]), ("syd", &["sydney"]), ("tabby", &["tabitha"]),
    ("tad", &["thaddeus"]), ("tanya", &["tatiana"]), ("ted", &["edward", "theodore"]), ("teddy", &["edward", "theodore"]), ("tere", &["teresa"]),
    ("terri", &["theresa"]), ("terry", &["terence", "theresa"]), ("tess", &["teresa", "theresa"]), ("thea", &["dorothea"]), ("theo", &["theodore"]),
    ("tiao", &["sebastiao"]), ("tilda", &["matilda"]), ("tilly", &["matilda"]), ("tim", &["timothy"]), ("timmy", &["timothy"]),
    ("tina", &["christina"]), ("tish", &["patricia"]), ("tito", &["alberto"]), ("toby", &["tobias"]), ("tolya", &["anatoly"]), ("tom", &["thomas"]),
    ("toma", &["tomislav"]), ("tomek", &["tomasz"]), ("tommy", &["thomas"]), ("tonho", &["antonio"]), ("toni", &["anton", "antonia", "antonio"]),
    ("tonino", &["antonio"]), ("tonio", &["antonio"]), ("tono", &["antonio"]), ("tony", &["anthony", "antonio", "antony"]), ("toto", &["antonio"]),
    ("tricia", &["patricia"]), ("trish", &["patricia"]), ("trixie", &["beatrix"]), ("trudy", &["gertrude"]), ("tunde", &["babatunde"]),
    ("uli", &["ulrich", "ulrike"]), ("val", &["valentine", "valerie"]), ("valya", &["valentina"]), ("vanni", &["giovanni"]), ("vanya", &["ivan"]),
    ("vasek", &["vaclav"]), ("vasya", &["vasily"]), ("vera", &["veronica"]), ("vi", &["violet"]), ("vic", &["victor"]), ("vicky", &["victoria"]),
    ("vince", &["vincent"]), ("vitya", &["viktor"]), ("viv", &["vivian"]), ("vivi", &["vivian"]), ("voja", &["vojislav"]), ("volodya", &["vladimir"]),
    ("volodymyr", &["vladimir"]), ("vova", &["vladimir"]), ("wally", &["walter"]), ("walt", &["walter"]), ("wes", &["wesley"]),
    ("will", &["william"]), ("willi", &["wilhelm"]), ("willie", &["william"]), ("wilma", &["wilhelmina"]), ("winnie", &["winifred", "winston"]),
    ("wojtek", &["wojciech"]), ("wolfi", &["wolfgang"]), ("woody", &["woodrow"]), ("xico", &["francisco"]), ("ximo", &["joaquin"]),
    ("yoli", &["yolanda"]), ("yura", &["yuri"]), ("zac", &["zachary"]), ("zach", &["zachary"]), ("zack", &["zachary"]), ("zdenda", &["zdenek"]),
    ("ze", &["jose"]), ("zhenya", &["evgenia", "yevgeny"]), ("zika", &["zivojin"]), ("zoki", &["zoran"]), ("zoli", &["zoltan"]),
    ("zosia", &["zofia"]),
];

/// The first names that a short form stands for ("peggy": "margaret"), in lower case without accents. Empty for others.
pub fn full_first_names(short: &str) -> &'static [&'static str] {
    SHORT_FORMS.binary_search_by_key(&short, |(short, _)| short).map_or(&[], |ix| SHORT_FORMS[ix].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_sorted_for_the_binary_search() {
        assert!(SHORT_FORMS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn short_forms_have_their_full_forms() {
        assert_eq!(full_first_names("peggy"), ["margaret"]);
        assert_eq!(full_first_names("chris"), ["christine", "christopher"]);
        assert!(full_first_names("margaret").is_empty());
    }
}
