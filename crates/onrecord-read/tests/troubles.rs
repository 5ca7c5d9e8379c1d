//! Bad input: one clear sentence that names the file, and everything else still read.

use flate2::{Compression, write::GzEncoder};
use onrecord_model::Report;
use onrecord_read::{ReadOptions, Trouble, read_bytes, read_inputs};
use std::io::Write;
use std::path::Path;

fn read(inputs: &[&Path], options: &ReadOptions) -> (Vec<Report>, Vec<String>) {
    let (mut reports, mut troubles) = (Vec::new(), Vec::new());
    let inputs: Vec<_> = inputs.iter().map(|p| p.to_path_buf()).collect();
    read_inputs(&inputs, options, &mut |read: Result<Report, Trouble>| match read {
        Ok(report) => reports.push(report),
        Err(trouble) => troubles.push(trouble.to_string()),
    });
    (reports, troubles)
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn names(reports: &[Report]) -> Vec<&str> {
    reports.iter().map(|r| r.name.as_str()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const STORY: &[u8] = b"Crane fails again\n\nThe crane stopped on Monday, the harbour board said.\n";

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_read() {
    let cut = &gzip(&STORY.repeat(200))[..100];
    let folder = folder(&[
        ("a/binary.txt", b"\x89PNG\x00\x01\x02\xFF\xFE"),
        ("a/cut.txt.gz", cut),
        ("a/empty.txt", b""),
        ("a/good.txt", STORY),
        ("a/blank.html", b"<html><body><script>draw()</script></body></html>"),
        ("broken.zip", b"PK no zip"),
        ("lines.jsonl", b"{\"text\": \"One line of a report.\"}\n{broken\n{\"title\": \"no text\"}\n"),
        ("other.json", b"{\"version\": 3}"),
        ("table.csv", b"headline,words\nA,B\n"),
        ("z.txt", STORY),
        ("notes.md", b"# not read"),
    ]);
    let (reports, troubles) = read(&[folder.path()], &ReadOptions::default());
    assert_eq!(names(&reports), ["good", "1", "z"]);
    let at = |file: &str| folder.path().join(file).display().to_string();
    let expected = [
        (at("a/binary.txt"), "no other charset fits"),
        (at("a/blank.html"), "shows no text"),
        (at("a/cut.txt.gz"), "cut short"),
        (at("a/empty.txt"), "is empty"),
        (at("broken.zip"), "no readable ZIP"),
        (at("lines.jsonl!2"), "not one JSON object"),
        (at("lines.jsonl!3"), "no field \"text\""),
        (at("table.csv"), "no column \"text\" (its columns: headline, words)"),
    ];
    assert_eq!(troubles.len(), expected.len(), "{troubles:#?}");
    for (trouble, (file, words)) in troubles.iter().zip(expected) {
        assert!(trouble.starts_with(&file) && trouble.contains(words), "{trouble}");
    }
}

#[test]
fn deep_pages_are_refused_and_shallow_ones_read() {
    let deep = format!("<html><body>{}text", "<div>".repeat(100_000));
    let trouble = read_bytes("deep", "deep.html", deep.as_bytes(), None, &ReadOptions::default()).unwrap_err();
    assert!(trouble.to_string().starts_with("deep.html nests its elements 100002 deep"), "{trouble}");
    let fair = format!(
        "<html><body>{}<h1>Crane fails again and again</h1><p>The crane stopped on Monday, the harbour board said.</p>",
        "<div>".repeat(400)
    );
    let report = read_bytes("fair", "fair.html", fair.as_bytes(), None, &ReadOptions::default()).unwrap();
    assert_eq!(report.title, "Crane fails again and again");
}

#[test]
fn a_table_beside_the_files_tells_about_them() {
    let table = "file,outlet,published,author,credit,url\na.txt,Harbour Echo,2024-05-03,Ada Bell and Bo Ray,NPW,https://echo.example/1\nb.txt,Gull,03/04/2024,,,\ngone.txt,,,,,\n";
    let folder = folder(&[("a.txt", STORY), ("b.txt", STORY), ("reports.csv", table.as_bytes())]);
    let (reports, troubles) = read(&[folder.path()], &ReadOptions::default());
    assert_eq!(names(&reports), ["a", "b"]);
    let a = &reports[0];
    assert_eq!((&*a.outlet, a.published.as_deref(), &*a.credit), ("Harbour Echo", Some("2024-05-03"), "NPW"));
    assert_eq!(a.authors, ["Ada Bell", "Bo Ray"]);
    assert_eq!((&*reports[1].outlet, reports[1].published.as_deref()), ("Gull", None));
    assert_eq!(troubles.len(), 2, "{troubles:#?}");
    assert!(troubles[0].contains("03/04/2024") && troubles[1].contains("gone.txt"), "{troubles:#?}");
    let (again, _) =
        read(&[folder.path().join("b.txt").as_path(), folder.path().join("a.txt").as_path()], &ReadOptions::default());
    assert_eq!(again.iter().map(|r| r.id).collect::<Vec<_>>(), [reports[1].id, reports[0].id]);
    let (as_zip, troubles) = {
        let packed = zip(&[
            ("x/b.txt", STORY),
            ("x/a.txt", STORY),
            ("x/reports.csv", b"file,outlet\na.txt,Harbour Echo\n"),
            ("x/c.zip", b"PK"),
        ]);
        std::fs::write(folder.path().join("p.zip"), packed).unwrap();
        read(&[folder.path().join("p.zip").as_path()], &ReadOptions::default())
    };
    assert_eq!(
        as_zip.iter().map(|r| (r.name.as_str(), r.outlet.as_str())).collect::<Vec<_>>(),
        [("a", "Harbour Echo"), ("b", "")]
    );
    assert!(as_zip[0].file.ends_with("p.zip!x/a.txt"), "{}", as_zip[0].file);
    assert_eq!(troubles.len(), 1, "{troubles:#?}");
}

#[test]
fn columns_by_other_names() {
    let folder =
        folder(&[("t.csv", "No;Body;When\n7;\"She said \"\"no\"\" é.\nTwice.\";3 May 2024\n8;;\n".as_bytes())]);
    let map =
        [("text", "Body"), ("id", "No"), ("published", "When")].map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec();
    let (reports, troubles) = read(&[folder.path()], &ReadOptions { map, ..ReadOptions::default() });
    assert_eq!(names(&reports), ["7"]);
    assert_eq!(&*reports[0].text, "She said \"no\" é.\nTwice.");
    assert_eq!(reports[0].published.as_deref(), Some("2024-05-03"));
    let row = "7;\"She said \"\"no\"\" é.\nTwice.\";3 May 2024\n".as_bytes();
    for [start, input, len, input_len] in reports[0].origin.runs.iter().map(|r| r.map(|n| n as usize)) {
        assert_eq!(len, input_len);
        assert_eq!(&reports[0].text.as_bytes()[start..start + len], &row[input..input + len]);
    }
    assert!(troubles[0].contains("t.csv!2 has an empty text"), "{troubles:#?}");
}

#[test]
fn json_lines_keep_their_places() {
    let line = "{\"id\": \"x1\", \"title\": \"T\", \"text\": \"A \\\"b\\\"\\n\\u00e9 \\ud83d\\ude00.\", \"authors\": [\"Ada Bell\"], \"published\": \"2024-05-03T10:00:00Z\"}";
    let folder = folder(&[("l.jsonl", line.as_bytes())]);
    let (reports, troubles) = read(&[folder.path()], &ReadOptions::default());
    assert!(troubles.is_empty(), "{troubles:#?}");
    let report = &reports[0];
    assert_eq!((&*report.name, &*report.title, &*report.text), ("x1", "T", "A \"b\"\né 😀."));
    let last = report.origin.runs.last().unwrap().map(|n| n as usize);
    assert_eq!(&line[last[1]..last[1] + last[3]], ".");
    assert_eq!(report.published.as_deref(), Some("2024-05-03T10:00:00Z"));
}

fn record(url: &str, kind: &str, body: &str) -> String {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{body}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-04T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
}

#[test]
fn crawled_pages_and_one_cut_short() {
    let page = "<html><body><h1>Crane fails again at the harbour</h1><p>The crane stopped on Monday, the harbour board said.</p></body></html>";
    let whole = record("https://echo.example/1", "text/html; charset=utf-8", page)
        + &record("https://echo.example/p.png", "image/png", "xx")
        + &record("https://echo.example/2", "text/html", page);
    let packed: Vec<u8> = gzip(whole.as_bytes());
    let cut = &whole.as_bytes()[..whole.len() - 60];
    let folder = folder(&[("a.warc.gz", &packed), ("b.warc", cut)]);
    let (reports, troubles) = read(&[folder.path()], &ReadOptions::default());
    assert_eq!(names(&reports), ["https://echo.example/1", "https://echo.example/2", "https://echo.example/1"]);
    assert_eq!(reports[0].url, "https://echo.example/1");
    assert_eq!(troubles.len(), 1);
    assert!(
        troubles[0].contains("b.warc cannot be read from record 3 on") && troubles[0].contains("cut short"),
        "{troubles:#?}"
    );
}

#[test]
fn entries_of_feeds() {
    let rss = "<?xml version='1.0'?><rss><channel><title>Harbour Echo</title><item><title>Crane &amp; cable</title><link>https://echo.example/1</link><pubDate>Fri, 03 May 2024 14:05:00 GMT</pubDate><dc:creator>Ada Bell</dc:creator><content:encoded><![CDATA[<p>The crane stopped on Monday, the board said.</p><p>It has stopped before, and nobody knows why it does.</p>]]></content:encoded></item><item><title>Empty</title></item></channel></rss>";
    let atom = "<feed><title>Gull</title><entry><id>g1</id><title>Ferry</title><link href='https://gull.example/1'/><published>2024-05-03</published><author><name>Bo Ray</name></author><summary>The ferry sank &amp; rose.</summary></entry></feed>";
    let folder = folder(&[("a.rss", rss.as_bytes()), ("b.xml", atom.as_bytes()), ("c.xml", b"<a>")]);
    let (reports, troubles) = read(&[folder.path()], &ReadOptions::default());
    let shown: Vec<_> = reports
        .iter()
        .map(|r| (r.title.as_str(), r.outlet.as_str(), r.published.as_deref().unwrap_or(""), r.authors.join(",")))
        .collect();
    assert_eq!(
        shown,
        [
            ("Crane & cable", "Harbour Echo", "2024-05-03T14:05:00Z", "Ada Bell".to_owned()),
            ("Ferry", "Gull", "2024-05-03", "Bo Ray".to_owned())
        ]
    );
    assert!(
        reports[0].text.contains("stopped before") && &*reports[1].text == "The ferry sank & rose.",
        "{:?}",
        reports[1].text
    );
    assert_eq!(troubles.len(), 2, "{troubles:#?}");
}
