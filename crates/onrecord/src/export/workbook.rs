//! One workbook with a sheet a table.

use super::sheets::{Cell, Sheets, sheets};
use crate::Error;
use onrecord_record::Record;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::path::Path;

/// Rows of a sheet and characters of a cell that the format has room for.
const ROWS_MAX: u32 = 1_048_576;
const LETTERS_MAX: usize = 32_767;

/// Writes all tables into one workbook. What a sheet has no room for goes on in a second sheet of that name.
pub fn workbook(record: &Record, path: &Path) -> Result<(), Error> {
    let mut workbook = Workbook::new();
    // The file says nothing of the moment it was written, so that the same record gives the same bytes.
    let epoch = ExcelDateTime::from_ymd(1980, 1, 1).map_err(|error| failed(path, &error))?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    let mut book = Book { path, workbook, columns: Vec::new(), name: "", part: 0, next: 0 };
    sheets(record, &mut book)?;
    book.workbook.save(path).map_err(|error| failed(path, &error))
}

struct Book<'p> {
    path: &'p Path,
    workbook: Workbook,
    columns: Vec<&'static str>,
    name: &'static str,
    /// Number of the sheet of this table.
    part: u32,
    /// Row to write next.
    next: u32,
}

impl Book<'_> {
    fn sheet(&mut self) -> Result<(), XlsxError> {
        self.part += 1;
        let name = if self.part == 1 { self.name.to_owned() } else { format!("{} {}", self.name, self.part) };
        let bold = Format::new().set_bold();
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        for (at, column) in self.columns.iter().enumerate() {
            sheet.write_string_with_format(0, at as u16, *column, &bold)?;
        }
        self.next = 1;
        Ok(())
    }

    fn cells(&mut self, cells: Vec<Cell>) -> Result<(), XlsxError> {
        if self.next >= ROWS_MAX {
            self.sheet()?;
        }
        let row = self.next;
        self.next += 1;
        let part = self.workbook.worksheets().len() - 1;
        let sheet = self.workbook.worksheet_from_index(part)?;
        for (at, cell) in cells.into_iter().enumerate() {
            write(sheet, row, at as u16, cell)?;
        }
        Ok(())
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(words) => {
            // The format counts UTF-16 units; half of the room is enough for any character.
            let words = match words.encode_utf16().count() > LETTERS_MAX {
                true => words.chars().take(LETTERS_MAX / 2 - 1).chain(['…']).collect(),
                false => words,
            };
            sheet.write_string(row, column, words)?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, number)?;
        }
        Cell::Empty => {}
    }
    Ok(())
}

impl Sheets for Book<'_> {
    fn begin(&mut self, name: &'static str, columns: &[&'static str]) -> Result<(), Error> {
        self.name = name;
        self.columns = columns.to_vec();
        self.part = 0;
        self.sheet().map_err(|error| failed(self.path, &error))
    }

    fn row(&mut self, cells: Vec<Cell>) -> Result<(), Error> {
        self.cells(cells).map_err(|error| failed(self.path, &error))
    }
}

fn failed(path: &Path, error: &XlsxError) -> Error {
    Error::write(path, error)
}
