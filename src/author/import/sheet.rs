//! Rows of cells from a CSV file or an XLSX workbook, read within bounds: a file from elsewhere can be of any size and any make.

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::string::{String, ToString};
use std::vec::Vec;
use zip::ZipArchive;

/// The most bytes that a file may have.
pub const MOST_BYTES: u64 = 32 * 1024 * 1024;
/// The most bytes that the parts of a workbook may have once they are inflated.
const MOST_INFLATED: u64 = 64 * 1024 * 1024;
/// The most parts of a workbook.
const MOST_PARTS: usize = 1000;
/// The most bytes of text that are kept: a workbook can refer to one long text from many cells.
const MOST_TEXT: usize = 64 * 1024 * 1024;
/// The most rows that hold something: a pack's table holds no more.
pub const MOST_ROWS: usize = 65_535;
/// Columns after these are not read.
const MOST_COLUMNS: usize = 64;
/// The most characters that are kept of a cell.
const MOST_CHARACTERS: usize = 1000;

/// What is said of a workbook that breaks off or contradicts itself.
const DAMAGED: &str = "the workbook is damaged, or cut off";

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text, with wide letters and signs made narrow, and without spaces around it.
    Text(String),
    /// A number as a plain decimal.
    Number(String),
    /// A number that is shown as a percentage: 0.13 for 13 %.
    Fraction(String),
    /// A formula, whose result may be out of date or missing.
    Formula,
    /// A date, a truth value or an error.
    Other,
}

impl Cell {
    /// The text, or the number as text.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Fraction(text) => text,
            Self::Formula | Self::Other => "",
        }
    }
}

/// A row that holds something.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its cells that are not empty, by column from 0.
    pub cells: BTreeMap<usize, Cell>,
}

/// A sheet of a workbook, or the whole of a CSV file.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its number, from 1; none in a CSV file.
    pub number: Option<usize>,
    /// Its rows in order.
    pub rows: Vec<Row>,
}

/// The ways to read a file: for a CSV file one for each character that can be between its fields, as nothing says which one it is.
pub type Readings = Vec<Vec<Sheet>>;

/// Reads a file.
///
/// # Errors
///
/// Why it cannot be read. No text of the file is in it.
pub fn read(bytes: &[u8]) -> Result<Readings, String> {
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST_BYTES) {
        return Err(std::format!("more than {MOST_BYTES} bytes"));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err("the file is empty".to_string());
    }
    if begins(b"PK") {
        return workbook(bytes).map(|sheets| std::vec![sheets]);
    }
    if begins(&[0xd0, 0xcf, 0x11, 0xe0]) {
        // The name of the part that holds an encrypted workbook, in UTF-16.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let locked = bytes.windows(name.len()).any(|window| window == name);
        let what =
            if locked { "the workbook has a password; save it without one" } else { "an old .xls workbook; save it as .xlsx or CSV" };
        return Err(what.to_string());
    }
    if begins(b"%PDF") {
        return Err("a PDF; copy its table to a workbook or a CSV file".to_string());
    }
    let text = decoded(bytes)?;
    [b',', b'\t', b';'].into_iter().map(|delimiter| Ok(std::vec![separated(&text, delimiter)?])).collect()
}

/// The text of a CSV file: UTF-8, UTF-16 with its mark, or GB18030.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) => {
            encoding.decode_without_bom_handling_and_without_replacement(bytes.get(mark..).unwrap_or_default())
        }
        _ => UTF_8
            .decode_without_bom_handling_and_without_replacement(bytes)
            .or_else(|| GB18030.decode_without_bom_handling_and_without_replacement(bytes)),
    };
    let control = |letter: char| letter.is_control() && !letter.is_whitespace();
    text.filter(|text| !text.contains(control)).ok_or_else(|| "neither XLSX nor CSV in UTF-8, UTF-16 or GB18030".to_string())
}

/// The rows of a CSV file with this character between its fields.
fn separated(text: &str, delimiter: u8) -> Result<Sheet, String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut kept = Kept::default();
    let (mut number, mut counted, mut last) = (1usize, 0usize, 0usize);
    for record in reader.records() {
        let record = record.map_err(|_| "not CSV".to_string())?;
        // The reader's own count of lines is behind where lines end in two characters, and at empty lines.
        let start = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(counted);
        let gap = text.get(start..).map_or(0, |rest| rest.len().saturating_sub(rest.trim_start_matches(['\r', '\n']).len()));
        let start = start.saturating_add(gap);
        number = number.saturating_add(text.get(counted..start).map_or(0, |passed| passed.matches('\n').count()));
        counted = start;
        // Lines can end in a way that is not counted; a row still never takes the place of another.
        number = number.max(last.saturating_add(1));
        last = number;
        for (column, text) in record.iter().enumerate().take(MOST_COLUMNS) {
            kept.add(number, column, Cell::Text(narrow(text)))?;
        }
    }
    Ok(Sheet { number: None, rows: kept.take_rows() })
}

/// The sheets of a workbook that are not hidden.
fn workbook(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    inflates_within_bounds(bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => "the workbook has a password; save it without one".to_string(),
        _ => "not an XLSX workbook, or a damaged one".to_string(),
    })?;
    let shown = |sheet: &calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let names: Vec<(usize, String)> = workbook
        .sheets_metadata()
        .iter()
        .zip(1..)
        .filter(|(sheet, _)| shown(sheet))
        .map(|(sheet, number)| (number, sheet.name.clone()))
        .collect();
    let mut sheets = Vec::new();
    let mut kept = Kept::default();
    for (number, name) in names {
        // One way through a sheet tells formulas, another how numbers are shown.
        let formulas = formulas(&mut workbook, &name).ok_or_else(|| DAMAGED.to_string())?;
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(|_| DAMAGED.to_string())?;
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|_| DAMAGED.to_string())? {
            let position = cell.get_position();
            let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
            let percent = format.is_some_and(|format| format.format_code.contains('%'));
            let cell = if formulas.contains(&position) { Some(Cell::Formula) } else { value(cell.get_value(), percent) };
            let place = usize::try_from(position.0).ok().zip(usize::try_from(position.1).ok());
            if let (Some((row, column)), Some(cell)) = (place, cell) {
                kept.add(row.saturating_add(1), column, cell)?;
            }
        }
        sheets.push(Sheet { number: Some(number), rows: kept.take_rows() });
    }
    Ok(sheets)
}

/// The places of a sheet's formulas.
fn formulas(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Option<BTreeSet<(u32, u32)>> {
    let mut formulas = BTreeSet::new();
    let mut reader = workbook.worksheet_cells_reader(sheet).ok()?;
    while let Some(cell) = reader.next_cell_with_formula_metadata().ok()? {
        if cell.formula.is_some() && usize::try_from(cell.pos.1).is_ok_and(|column| column < MOST_COLUMNS) {
            formulas.insert(cell.pos);
        }
    }
    Some(formulas)
}

/// Inflates every part once and keeps none: what a part says of its size may be wrong, and so may what it says of the number of its texts, for
/// which the reader makes room before it sees them.
fn inflates_within_bounds(bytes: &[u8]) -> Result<(), String> {
    let too_large = || std::format!("the workbook inflates to more than {MOST_INFLATED} bytes");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED.to_string())?;
    if archive.len() > MOST_PARTS {
        return Err(std::format!("the workbook has more than {MOST_PARTS} parts"));
    }
    let mut left = MOST_INFLATED;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(|_| DAMAGED.to_string())?;
        let mut text = Vec::new();
        part.take(left.saturating_add(1)).read_to_end(&mut text).map_err(|_| DAMAGED.to_string())?;
        left = u64::try_from(text.len()).ok().and_then(|size| left.checked_sub(size)).ok_or_else(too_large)?;
        if !counts_are_plausible(&text) {
            return Err(DAMAGED.to_string());
        }
    }
    Ok(())
}

/// Whether no part says that it holds more texts than it has bytes for.
fn counts_are_plausible(part: &[u8]) -> bool {
    const NAME: &[u8] = b"uniqueCount";
    let xml = part.trim_ascii_start().starts_with(b"<")
        || part.starts_with(&[0xef, 0xbb, 0xbf])
        || part.starts_with(&[0xff, 0xfe])
        || part.starts_with(&[0xfe, 0xff]);
    if !xml {
        return true;
    }
    // In an encoding of two bytes a letter the name would not be found.
    let counts = part.windows(NAME.len()).enumerate().filter(|(_, window)| *window == NAME).map(|(place, _)| {
        let rest = part.get(place.saturating_add(NAME.len())..).unwrap_or_default();
        let digits = rest.iter().skip_while(|byte| !byte.is_ascii_digit()).take_while(|byte| byte.is_ascii_digit());
        digits.fold(0usize, |count, digit| count.saturating_mul(10).saturating_add(usize::from(digit.wrapping_sub(b'0'))))
    });
    !part.contains(&0) && counts.max().unwrap_or(0) <= part.len()
}

/// What a cell of a workbook holds; nothing for an empty one.
fn value(value: &DataRef<'_>, percent: bool) -> Option<Cell> {
    let number = |text: String| Some(if percent { Cell::Fraction(text) } else { Cell::Number(text) });
    match value {
        DataRef::Empty => None,
        DataRef::Int(whole) => number(whole.to_string()),
        DataRef::Float(float) if float.is_finite() => number(float.to_string()),
        DataRef::String(text) => Some(Cell::Text(narrow(text))),
        DataRef::SharedString(text) => Some(Cell::Text(narrow(text))),
        _ => Some(Cell::Other),
    }
}

/// The rows so far, and how much has been kept of the file.
#[derive(Default)]
struct Kept {
    rows: BTreeMap<usize, BTreeMap<usize, Cell>>,
    texts: usize,
    count: usize,
}

impl Kept {
    fn add(&mut self, row: usize, column: usize, cell: Cell) -> Result<(), String> {
        if column >= MOST_COLUMNS || matches!(&cell, Cell::Text(text) if text.is_empty()) {
            return Ok(());
        }
        self.texts = self.texts.saturating_add(cell.text().len());
        let cells = self.rows.entry(row).or_default();
        if cells.is_empty() {
            self.count = self.count.saturating_add(1);
        }
        if cells.insert(column, cell).is_some() {
            return Err(DAMAGED.to_string());
        }
        if self.count > MOST_ROWS {
            return Err(std::format!("more than {MOST_ROWS} rows"));
        }
        if self.texts > MOST_TEXT { Err(std::format!("more than {MOST_TEXT} bytes of text")) } else { Ok(()) }
    }

    fn take_rows(&mut self) -> Vec<Row> {
        std::mem::take(&mut self.rows).into_iter().map(|(number, cells)| Row { number, cells }).collect()
    }
}

/// A text with the wide letters, digits and signs of East Asian typing made narrow, on one line, and cut where it is too long to be a cell.
fn narrow(text: &str) -> String {
    let letter = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => u32::from(letter).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(letter),
        _ if letter.is_whitespace() || letter.is_control() => ' ',
        _ => letter,
    };
    let unseen = |letter: &char| ['\u{feff}', '\u{200b}', '\u{200e}', '\u{200f}'].contains(letter);
    let line: String = text.chars().filter(|letter| !unseen(letter)).take(MOST_CHARACTERS).map(letter).collect();
    line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A column as spreadsheet programs name it: A, B … Z, AA.
pub fn column_name(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A'.saturating_add(u8::try_from(column % 26).unwrap_or(0))));
        match (column / 26).checked_sub(1) {
            Some(rest) => column = rest,
            None => break,
        }
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_name(column), name);
        }
    }

    #[test]
    fn wide_letters_are_made_narrow() {
        assert_eq!(narrow("\u{feff}３３０４．９９\u{3000}００ "), "3304.99 00");
        assert_eq!(narrow("最惠国\n税率（％）"), "最惠国 税率(%)");
    }
}
