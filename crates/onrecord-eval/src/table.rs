//! A table of measures.

use std::io::Write;

/// One line of a table.
#[derive(Clone, PartialEq, Debug)]
pub struct Measure {
    /// What was measured.
    pub name: String,
    /// Precision, recall, F1 or whatever the columns say, in percent.
    pub values: Vec<f64>,
    /// What it was counted over.
    pub counts: Vec<u64>,
}

/// A table of measures.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Table {
    /// Names of the values.
    pub columns: Vec<&'static str>,
    /// Names of the counts.
    pub counted: Vec<&'static str>,
    /// The lines.
    pub measures: Vec<Measure>,
}

impl Table {
    /// A table of precision, recall and F1.
    pub fn prf() -> Table {
        Table { columns: vec!["P", "R", "F1"], counted: vec!["predicted", "gold"], measures: Vec::new() }
    }

    /// Adds a line.
    pub fn add(&mut self, name: &str, values: Vec<f64>, counts: Vec<u64>) {
        self.measures.push(Measure { name: name.to_owned(), values, counts });
    }

    /// Adds a line of precision, recall and F1 from counts that may be weighted.
    pub fn add_prf(&mut self, name: &str, right: f64, predicted: f64, gold: f64) {
        let share = |of: f64| if of > 0.0 { 100.0 * right / of } else { 0.0 };
        let (p, r) = (share(predicted), share(gold));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        self.measures.push(Measure {
            name: name.to_owned(),
            values: vec![p, r, f1],
            counts: vec![predicted.round() as u64, gold.round() as u64],
        });
    }
}

/// Prints a table in columns.
pub fn print(table: &Table, out: &mut dyn Write) -> std::io::Result<()> {
    let width = table.measures.iter().map(|measure| measure.name.chars().count()).max().unwrap_or(0).max(12);
    write!(out, "{:<width$}", "")?;
    table.columns.iter().try_for_each(|name| write!(out, "{name:>8}"))?;
    table.counted.iter().try_for_each(|name| write!(out, "{name:>12}"))?;
    writeln!(out)?;
    for measure in &table.measures {
        write!(out, "{:<width$}", measure.name)?;
        measure.values.iter().try_for_each(|value| write!(out, "{value:>8.1}"))?;
        measure.counts.iter().try_for_each(|count| write!(out, "{count:>12}"))?;
        writeln!(out)?;
    }
    Ok(())
}
