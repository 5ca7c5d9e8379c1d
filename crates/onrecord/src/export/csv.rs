//! A folder with one CSV file a table.

use super::sheets::{Cell, Sheets, sheets};
use crate::Error;
use onrecord_record::Record;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Writes one CSV file a table into `folder`, which is made where it is missing.
pub fn csv(record: &Record, folder: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(|error| Error::write(folder, &error))?;
    let mut files = Files { folder, open: None };
    sheets(record, &mut files)?;
    files.close()
}

struct Files<'p> {
    folder: &'p Path,
    open: Option<(PathBuf, csv::Writer<File>)>,
}

impl Files<'_> {
    fn close(&mut self) -> Result<(), Error> {
        match self.open.take() {
            Some((path, mut file)) => file.flush().map_err(|error| Error::write(&path, &error)),
            None => Ok(()),
        }
    }

    fn write(&mut self, cells: impl Iterator<Item = String>) -> Result<(), Error> {
        let Some((path, file)) = &mut self.open else { return Ok(()) };
        file.write_record(cells).map_err(|error| Error::write(path, &error))
    }
}

impl Sheets for Files<'_> {
    fn begin(&mut self, name: &'static str, columns: &[&'static str]) -> Result<(), Error> {
        self.close()?;
        let path = self.folder.join(format!("{name}.csv"));
        let file = csv::Writer::from_path(&path).map_err(|error| Error::write(&path, &error))?;
        self.open = Some((path, file));
        self.write(columns.iter().map(|column| (*column).to_owned()))
    }

    fn row(&mut self, cells: Vec<Cell>) -> Result<(), Error> {
        let shown = |cell| match cell {
            Cell::Text(words) => words,
            Cell::Number(number) => number.to_string(),
            Cell::Empty => String::new(),
        };
        self.write(cells.into_iter().map(shown))
    }
}
