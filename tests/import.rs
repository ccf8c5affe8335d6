//! Importing the lists that a shop holds: every form of file, every fault with its place, and what quotes say afterwards.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may fail loudly")]
#![cfg(feature = "author")]

use preclear::author::import::{Imported, KINDS, Kind, Refusal, Request, import};
use preclear::author::sources::Sources;
use preclear::date::Date;
use rust_xlsxwriter::{Format, Formula, Workbook};
use serde_json::{Value, json};
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const LIST: Kind = KINDS[0];
const TARIFF: Kind = KINDS[1];

/// A request for a part, in force from the law's own day.
fn part(kind: Kind, bytes: &[u8]) -> Request<'_> {
    Request { kind, bytes, from: None, to: None, instrument: None, lines: None, partial: true }
}

fn take(kind: Kind, bytes: &[u8]) -> Result<Imported, Refusal> {
    import(&Sources::embedded(), &part(kind, bytes))
}

/// The rows that an import put into a table: those that cite the file, up to the citation.
fn rows(imported: &Imported, file: &str) -> Vec<String> {
    let supplied = |row: &str| Some(row.split_once(" cn.supplied.")?.0.rsplit_once(',')?.0.to_string());
    imported.sources.get(&format!("cn/{file}")).unwrap().lines().filter_map(supplied).collect()
}

fn listed(bytes: &[u8]) -> Vec<String> {
    rows(&take(LIST, bytes).unwrap(), "positive-list.csv")
}

/// The one line that is said of a file that cannot be used.
fn unusable(kind: Kind, bytes: &[u8]) -> String {
    match take(kind, bytes) {
        Err(Refusal::Unusable(line)) => line,
        other => panic!("{other:?}"),
    }
}

fn problems(kind: Kind, bytes: &[u8]) -> Vec<String> {
    match take(kind, bytes) {
        Err(Refusal::Problems(problems)) => problems.iter().map(|problem| format!("{}: {}", problem.place, problem.message)).collect(),
        other => panic!("{other:?}"),
    }
}

fn utf_16(text: &str) -> Vec<u8> {
    [0xfeffu16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// A list as it is published: a title over all columns, a header, a note below.
const PUBLISHED: &str =
    "跨境电子商务零售进口商品清单,,,\n,,,\n序号,税则号列,货品名称,备注\n1,04090000,天然蜂蜜,\n2,33049900,其他美容品,\n注:以上,,,\n";
const BOTH: [&str; 2] = ["04090000,2022-03-01,,true,", "33049900,2022-03-01,,true,"];

#[test]
fn a_list_is_found_under_any_of_its_headers() {
    for text in [
        PUBLISHED,
        "\u{feff}序号,税则号列,货品名称,备注\r\n1,04090000,天然蜂蜜,\r\n2,33049900,其他美容品,\r\n",
        "税则号列(注1),货品名称\n0409.00.00,天然蜂蜜\n3304 9900,其他美容品\n",
        "商品编码,商品名称\n０４０９．００．００,天然蜂蜜\n３３０４９９００,其他美容品\n",
        "HS Code,Name,Remarks\n04090000,honey,\n33049900,other,\n",
        "名称;HS编码\n天然蜂蜜;04090000\n其他;33049900\n",
        "hs_code\n33049900\n04090000\n",
        "税号\t品名\n33049900\t\"美容品,护肤品\"\n04090000\t蜂蜜\n",
        // The header again, as at the top of each printed page.
        "税号,名称\n04090000,蜂蜜\n税号,名称\n33049900,其他\n",
        "hs,name\r04090000,honey\r33049900,other\r",
        // A spreadsheet program has taken the zero.
        "税号,名称\n4090000,蜂蜜\n33049900,其他\n",
    ] {
        assert_eq!(listed(text.as_bytes()), BOTH, "{text}");
        assert_eq!(listed(&utf_16(text)), BOTH, "{text}");
    }
    // The same in the national encoding, byte for byte: 税号,备注.
    let mut bytes = vec![0xcb, 0xb0, 0xba, 0xc5, b',', 0xb1, 0xb8, 0xd7, 0xa2];
    bytes.extend_from_slice(b"\n04090000,\n33049900,\n");
    assert_eq!(listed(&bytes), BOTH);
}

#[test]
fn remarks_become_conditions() {
    let text = "税号,备注\n03061790,仅限网购保税商品\n04090000,列入《进出口野生动植物种商品目录》的商品除外\n\
                17019910,每人每年限2千克\n33049900,/\n39241000,仅限塑料制的\n42022100,见注释\n\
                42022200,仅限网购保税商品;列入《进出口野生动植物种商品目录》的商品除外\n";
    let expected = ["bonded-only", "exclusion", "weight", "", "name", "other", "bonded-only"];
    let found = listed(text.as_bytes());
    let controls: Vec<&str> = found.iter().map(|row| row.rsplit(',').next().unwrap()).collect();
    assert_eq!(controls, expected);
}

/// What no message may hold.
const CANARY: &str = "33010619900101001X";

#[test]
fn every_fault_of_a_list_is_told_with_its_place() {
    let text = format!(
        "清单,,\n序号,税号,名称\n1,33049900,a\n2,3304990,b\n3,330499001,c\n4,33049900,d\n5,77010000,e\n6,,f\n7,{CANARY},{CANARY}\n8,3.30E+07,g\n"
    );
    let lines = "税号,名称\r\n\r\n33049900,\"a\r\nb\"\r\n\r\n1,x\r\n2,y\r\n";
    assert_eq!(problems(LIST, lines.as_bytes()), [6, 7].map(|row| format!("row {row}, column A: not a code of 8 digits")));
    assert_eq!(
        problems(LIST, text.as_bytes()),
        [
            // Seven digits are eight that lost a zero: 0330.49 does not exist.
            "row 4, column B: `03304990` begins with no subheading of the Harmonized System of 2022",
            "row 5, column B: not a code of 8 digits",
            "row 6, column B: `33049900` is in row 3 already",
            "row 7, column B: `77010000` begins with no subheading of the Harmonized System of 2022",
            "row 8, column B: no code",
            "row 9, column B: not a code of 8 digits",
            "row 10, column B: not a code of 8 digits: a spreadsheet program has rounded it",
        ]
    );
}

/// A workbook of sheets that a closure writes.
fn workbook(write: impl Fn(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    write(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_is_read_sheet_by_sheet() {
    let bytes = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.merge_range(0, 0, 0, 2, "跨境电子商务零售进口商品清单", &Format::new()).unwrap();
        for (column, text) in ["序号", "税则号列", "货品名称", "备注"].into_iter().enumerate() {
            sheet.write(2, column as u16, text).unwrap();
        }
        // Numbers, as spreadsheet programs keep codes; the second is shown with its zero.
        sheet.write(3, 1, 33049900).unwrap();
        sheet.write(3, 2, "其他美容品").unwrap();
        sheet.write_number_with_format(4, 1, 4090000, &Format::new().set_num_format("00000000")).unwrap();
        sheet.write(4, 2, "天然蜂蜜").unwrap();
        let other = workbook.add_worksheet();
        other.write(0, 0, "HS Code").unwrap();
        other.write(1, 0, "3924.10.00").unwrap();
        workbook.add_worksheet().write(0, 0, "nothing to see").unwrap();
        let hidden = workbook.add_worksheet();
        hidden.set_hidden(true).write(0, 0, "HS Code").unwrap();
        hidden.write(1, 0, "not a code").unwrap();
    });
    assert_eq!(listed(&bytes), [BOTH[0], BOTH[1], "39241000,2022-03-01,,true,"]);
}

#[test]
fn faults_in_a_workbook_name_the_sheet() {
    let bytes = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "税号").unwrap();
        sheet.write(0, 27, "备注").unwrap();
        sheet.write(1, 0, "33049900").unwrap();
        sheet.write_formula(2, 0, Formula::new("=\"0409\"&\"0000\"").set_result("04090000")).unwrap();
        sheet.write(2, 27, "x").unwrap();
        sheet.write(3, 0, true).unwrap();
        sheet.write(4, 0, 3304.99).unwrap();
        sheet.write(5, 0, "39241000").unwrap();
        sheet.write_formula(5, 27, "=A1").unwrap();
        let other = workbook.add_worksheet();
        other.write(0, 0, "税号").unwrap();
        other.write(1, 0, "33049900").unwrap();
    });
    assert_eq!(
        problems(LIST, &bytes),
        [
            "sheet 1, row 3, column A: a formula; paste its value in its place",
            "sheet 1, row 4, column A: not a code of 8 digits",
            "sheet 1, row 5, column A: not a code of 8 digits",
            "sheet 1, row 6, column AB: not a text: a remark changes what may come in",
            "sheet 2, row 2, column A: `33049900` is in sheet 1, row 2 already",
        ]
    );
}

#[test]
fn a_tariff_gives_the_duty_that_applies() {
    let text = "税则号列,货品名称,最惠国税率（%）,2026年暂定税率(%),普通税率(%),增值税率,消费税率,法定单位\n\
                19011010,婴儿食品,15,5,40,13%,,千克\n\
                33049900,美容品,1,,150,13%,15%,千克\n\
                02071200,冻鸡,1.3元/千克,,5.6元/千克,9%,,千克\n\
                96190011,尿裤,4,0,80,13%,,千克\n\
                4901990000,书,0,,0,9%,,千克\n\
                ex 33059000,染发剂,10,3,80,13%,,千克\n\
                22030000,啤酒,3,5%或0.2元/升,,13%,,升\n\
                39241000,餐具,6.5,-,80,,,千克\n";
    let imported = take(TARIFF, text.as_bytes()).unwrap();
    assert_eq!(
        rows(&imported, "tariff.csv"),
        [
            "02071200,2026-01-01,2027-01-01,",
            "19011010,2026-01-01,2027-01-01,0.05",
            "22030000,2026-01-01,2027-01-01,",
            "33049900,2026-01-01,2027-01-01,0.01",
            "39241000,2026-01-01,2027-01-01,0.065",
            "4901990000,2026-01-01,2027-01-01,0",
            "96190011,2026-01-01,2027-01-01,0",
        ]
    );
    let taxed: Vec<String> = rows(&imported, "tariff-vat.csv");
    assert_eq!((taxed.len(), taxed[0].as_str()), (6, "02071200,2026-01-01,2027-01-01,0.09"));
    assert_eq!(imported.version, "2026.11.23+tariff.2026-01-01");
    // Another year's row of a code stays as it is, and so does what the file does not speak of.
    let next = Request { from: Date::parse("2027-01-01"), ..part(TARIFF, b"hs,mfn %\n33049900,2\n") };
    let next = import(&imported.sources, &next).unwrap();
    let of = |code: &str| -> Vec<String> {
        let text = next.sources.get("cn/tariff.csv").unwrap();
        text.lines().filter(|row| row.starts_with(code)).map(|row| row.split(',').take(4).collect::<Vec<_>>().join(",")).collect()
    };
    assert_eq!(of("33049900"), ["33049900,2026-01-01,2027-01-01,0.01", "33049900,2027-01-01,2028-01-01,0.02"]);
    assert_eq!(of("96190011"), ["96190011,2026-01-01,2027-01-01,0"]);
    assert_eq!(next.version, "2026.11.23+tariff.2027-01-01");
}

#[test]
fn percentages_of_a_workbook_are_what_it_shows() {
    let bytes = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        for (column, text) in ["税号", "MFN", "provisional (%)"].into_iter().enumerate() {
            sheet.write(0, column as u16, text).unwrap();
        }
        let percent = Format::new().set_num_format("0%");
        for (row, (code, mfn)) in [(33049900, 0.01), (19011010, 0.07), (39241000, 0.065)].into_iter().enumerate() {
            let row = row as u32 + 1;
            sheet.write(row, 0, code).unwrap();
            sheet.write_number_with_format(row, 1, mfn, &percent).unwrap();
        }
        sheet.write(2, 2, 5).unwrap();
    });
    let found = rows(&take(TARIFF, &bytes).unwrap(), "tariff.csv");
    let rates: Vec<&str> = found.iter().map(|row| row.rsplit(',').next().unwrap()).collect();
    assert_eq!(rates, ["0.05", "0.01", "0.065"]);
}

#[test]
fn rates_that_could_be_taken_for_others_are_refused() {
    for (text, said) in [
        (
            "hs,mfn\n33049900,0\n39241000,6.5\n",
            "row 3, column B: the column does not say that its rates are per cent; write % in its header",
        ),
        (
            "hs,mfn %,vat %\n33049900,1,0.13\n39241000,6.5,0.13\n",
            "row 2, column C: every rate of the column is below 1 per cent; write 13 for 13 %, not 0.13",
        ),
    ] {
        assert_eq!(unusable(TARIFF, text.as_bytes()), said);
    }
    let text = format!("hs,mfn %\n33049900,101\n39241000,-1\n19011010,{CANARY}\n96190011,100\n42022100,1..5\n");
    assert_eq!(
        problems(TARIFF, text.as_bytes()),
        [2, 3, 4, 6].map(|row| format!("row {row}, column B: not a percentage between 0 and 100"))
    );
}

/// An archive with parts that all inflate to so many bytes of zeros.
fn archive(parts: u32, bytes: usize) -> Vec<u8> {
    let options = || zip::write::SimpleFileOptions::default();
    let mut one = zip::ZipWriter::new(Cursor::new(Vec::new()));
    one.start_file("xl/workbook.xml", options()).unwrap();
    one.write_all(&vec![0; bytes]).unwrap();
    let one = one.finish().unwrap().into_inner();
    let mut all = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..parts {
        let mut source = zip::ZipArchive::new(Cursor::new(&one)).unwrap();
        all.raw_copy_file_rename(source.by_index(0).unwrap(), format!("xl/{number}.xml")).unwrap();
    }
    all.finish().unwrap().into_inner()
}

#[test]
fn files_that_cannot_be_used_get_one_line() {
    let locked = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &utf_16("EncryptedPackage")].concat();
    let whole = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "税号").unwrap();
        sheet.write(1, 0, "33049900").unwrap();
    });
    assert_eq!(listed(&whole).len(), 1);
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0xff;
    let header = "no row of headers in the first 40: expected a column such as 税则号列 or hscode";
    let many = |rows: u32| format!("税号,名称\n{}", (0..rows).map(|row| format!("{row:08},x\n")).collect::<String>());
    let long = format!("税号,备注\n33049900,{}\n", "x".repeat(33 * 1024 * 1024));
    for (bytes, said) in [
        (b"".to_vec(), "the file is empty"),
        (b" \r\n\n".to_vec(), "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), "neither XLSX nor CSV in UTF-8, UTF-16 or GB18030"),
        (vec![0xff, 0x80, 0xff, 0x0a], "neither XLSX nor CSV in UTF-8, UTF-16 or GB18030"),
        (b"%PDF-1.7\n".to_vec(), "a PDF; copy its table to a workbook or a CSV file"),
        (locked, "the workbook has a password; save it without one"),
        (vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1], "an old .xls workbook; save it as .xlsx or CSV"),
        (whole[..whole.len() / 2].to_vec(), "the workbook is damaged, or cut off"),
        (flipped, "the workbook is damaged, or cut off"),
        (archive(1, 10), "not an XLSX workbook, or a damaged one"),
        (archive(5, 16 * 1024 * 1024), "the workbook inflates to more than 67108864 bytes"),
        (archive(1001, 1), "the workbook has more than 1000 parts"),
        (CANARY.as_bytes().to_vec(), header),
        (b"33049900,a\n04090000,b\n".to_vec(), header),
        ("税号,名称\n".as_bytes().to_vec(), "there is no row below the headers"),
        ("税号,HS编码\n33049900,33049900\n".as_bytes().to_vec(), "row 1: columns A and B are both headed as 税则号列; leave one"),
        (many(200_000).into_bytes(), "more than 65535 rows"),
        (long.into_bytes(), "more than 33554432 bytes"),
    ] {
        assert_eq!(unusable(LIST, &bytes), said);
    }
    let said = unusable(TARIFF, PUBLISHED.as_bytes());
    assert_eq!(said, format!("{header}, and one of: 最惠国税率 or mfn, 暂定税率 or provisional, 增值税率 or vat"));
}

#[test]
fn a_workbook_cut_or_changed_anywhere_is_read_or_refused() {
    let whole = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "税号").unwrap();
        sheet.write(1, 0, 33049900).unwrap();
    });
    // Reading is what is tried here, and it comes before the rules are looked at.
    let empty = Sources::default();
    let mut tried = 0;
    for place in (0..whole.len()).step_by(37) {
        let mut changed = whole.clone();
        changed[place] ^= 0x55;
        for bytes in [&changed[..], &whole[..place]] {
            tried += usize::from(import(&empty, &part(LIST, bytes)).is_err());
        }
    }
    assert!(tried > 100, "{tried}");
}

/// A workbook with its parts changed, stored as they are, so that every change comes to the reader of XML.
fn with_parts(whole: &[u8], change: impl Fn(&str, &mut Vec<u8>)) -> Vec<u8> {
    let mut source = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut target = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..source.len() {
        let mut part = source.by_index(number).unwrap();
        let (name, mut text) = (part.name().unwrap().to_string(), Vec::new());
        part.read_to_end(&mut text).unwrap();
        change(&name, &mut text);
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        target.start_file(name, stored).unwrap();
        target.write_all(&text).unwrap();
    }
    target.finish().unwrap().into_inner()
}

fn replaced(whole: &[u8], from: &str, to: &str) -> Vec<u8> {
    let changed = with_parts(whole, |_, text| {
        let xml = String::from_utf8(std::mem::take(text)).unwrap();
        *text = xml.replace(from, to).into_bytes();
    });
    assert_ne!(changed, with_parts(whole, |_, _| {}), "{from}");
    changed
}

#[test]
fn a_workbook_of_any_content_is_read_or_refused() {
    let whole = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "税号").unwrap();
        sheet.write(1, 0, 33049900).unwrap();
        sheet.write(2, 0, "33049900").unwrap();
        sheet.write_formula(3, 0, Formula::new("=A1").set_result("1")).unwrap();
    });
    for (from, to, said) in [
        ("uniqueCount=\"2\"", "uniqueCount=\"18446744073709551615\"", Some("the workbook is damaged, or cut off")),
        ("uniqueCount=\"2\"", "uniqueCount = '99999999999'", Some("the workbook is damaged, or cut off")),
        ("r=\"A2\"", "r=\"XFD1048576\"", None),
        ("r=\"A2\"", "r=\"AAAAAAAAAA99999999999999\"", None),
        ("r=\"A2\"", "r=\"0\"", None),
        ("row r=\"2\"", "row r=\"0\"", None),
        ("<dimension ref=\"A1:A4\"", "<dimension ref=\"A1:XFD1048576\"", None),
        ("33049900</v>", "1e999</v>", None),
        ("33049900</v>", "-33049900</v>", None),
        ("worksheets/sheet1.xml\"", "../../sheet1.xml\"", None),
        ("<sheetData>", "<sheetData><sheetData>", None),
    ] {
        let refusal = take(LIST, &replaced(&whole, from, to)).err().unwrap();
        match (refusal, said) {
            (Refusal::Unusable(line), Some(said)) => assert_eq!(line, said, "{to}"),
            (Refusal::Unusable(_) | Refusal::Problems(_), None) => {}
            (other, _) => panic!("{to}: {other:?}"),
        }
    }
    let empty = Sources::default();
    let mut tried = 0;
    for changed in ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"] {
        for place in (0..1200).step_by(8) {
            for letter in [b'9', b'"', b'<'] {
                let bytes = with_parts(&whole, |name, text| {
                    if let Some(byte) = text.get_mut(place).filter(|_| name == changed) {
                        *byte = letter;
                    }
                });
                tried += usize::from(import(&empty, &part(LIST, &bytes)).is_err());
            }
        }
    }
    assert_eq!(tried, 5 * 150 * 3, "without rules nothing can be imported");
}

#[test]
fn a_list_is_whole_only_when_it_is_as_long_as_the_law_says() {
    let ask = |request: &Request<'_>| import(&Sources::embedded(), request);
    let whole = Request { partial: false, ..part(LIST, PUBLISHED.as_bytes()) };
    // 1,476 lines since 2022-03-01; of the edition before, the number is not known.
    assert!(matches!(ask(&whole), Err(Refusal::Incomplete(2, 1476))));
    assert!(matches!(ask(&Request { lines: Some(3), ..whole }), Err(Refusal::Incomplete(2, 3))));
    assert!(ask(&Request { lines: Some(2), ..whole }).is_ok());
    let before = Request { from: Date::parse("2022-02-28"), ..whole };
    assert!(matches!(ask(&before), Err(Refusal::Unusable(line)) if line.contains("--lines")));
    for (request, said) in [
        (Request { instrument: Some("cn.nothing"), from: Date::parse("2022-03-01"), ..whole }, "there is no such instrument in the rules"),
        (Request { instrument: Some("cn.mof.2018-157"), ..whole }, "--from is missing: the first day that the instrument is in force"),
        (Request { to: Date::parse("2022-03-01"), ..whole }, "--to is the first day no longer in force, and must be after --from"),
    ] {
        assert!(matches!(ask(&request), Err(Refusal::Unusable(line)) if line.ends_with(said)), "{said}");
    }
}

#[test]
fn importing_again_gives_the_same() {
    let request = Request { partial: false, lines: Some(2), ..part(LIST, PUBLISHED.as_bytes()) };
    let once = import(&Sources::embedded(), &request).unwrap();
    let twice = import(&once.sources, &request).unwrap();
    let all = |sources: &Sources| -> Vec<(String, String)> { sources.below("").map(|(path, text)| (path.into(), text.into())).collect() };
    assert_eq!(all(&once.sources), all(&twice.sources));
    // A later edition ends the one before, and both marks stand in the version.
    let later = Request { from: Date::parse("2027-06-01"), bytes: b"hs\n33049900\n39241000\n", ..request };
    let later = import(&twice.sources, &later).unwrap();
    let text = later.sources.get("cn/positive-list.csv").unwrap();
    assert!(text.contains("04090000,2022-03-01,2027-06-01,true,"), "{text}");
    assert!(text.contains("33049900,2022-03-01,2027-06-01,true,") && text.contains("33049900,2027-06-01,,true,"), "{text}");
    let tariff = import(&later.sources, &part(TARIFF, b"hs,mfn %\n33049900,2\n")).unwrap();
    assert_eq!(tariff.version, "2026.11.23+positive-list.2027-06-01+tariff.2026-01-01");
}

// The whole way, by the program.

/// What a run printed, and its exit code.
struct Run {
    exit: i32,
    output: String,
    error: String,
}

fn run(arguments: &[&str], input: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_preclear"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let done = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { exit: done.status.code().unwrap(), output: text(done.stdout), error: text(done.stderr) }
}

fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn basket(code: &str, channel: &str, day: &str) -> Value {
    json!({
        "shipTo": { "countryCode": "CN" }, "channel": channel, "asOf": day, "currencyCode": "CNY",
        "items": [{ "id": "1", "hsCode": code, "countryOfOrigin": "KR", "quantity": "1", "amount": "100.00",
                    "measurements": [{ "type": "netWeight", "value": "500", "unit": "g" }] }],
        "buyer": { "identity": "valid", "usedThisYear": "0" }
    })
}

#[test]
fn what_is_imported_is_what_quotes_say() {
    let folder = folder("imported");
    let at = |name: &str| folder.join(name).to_str().unwrap().to_string();
    let (list, tariff, rules, packs) = (at("list.csv"), at("tariff.csv"), at("rules"), at("packs"));
    fs::write(&list, "序号,税则号列,货品名称,备注\n1,33049900,美容品,\n2,03061790,冻虾,仅限网购保税商品\n3,39241000,餐具,仅限塑料制\n")
        .unwrap();
    fs::write(&tariff, "税号,最惠国税率(%),增值税率(%)\n33049900,1,13\n95030000,0,9\n").unwrap();

    let refused = run(&["rules", "import", "cn", "positive-list", &list, "--out", &rules], "");
    assert_eq!((refused.exit, refused.output.as_str()), (2, ""));
    let said = "preclear: rules import: 3 rows, and the whole has 1476: if these are all, say --lines 3; if they are a part, --partial\n";
    assert_eq!(refused.error, said);
    assert!(!Path::new(&rules).exists());

    let taken = run(&["rules", "import", "cn", "positive-list", &list, "--out", &rules, "--lines", "3"], "");
    assert_eq!((taken.exit, taken.error.as_str()), (0, ""));
    assert!(taken.output.starts_with("positive-list: 3 rows, in force from 2022-03-01\n  rows with a remark: 2\n"), "{}", taken.output);
    // Once more into the same folder only from the rules in it.
    let again = run(&["rules", "import", "cn", "tariff", &tariff, "--out", &rules], "");
    assert_eq!((again.exit, again.output.as_str()), (2, ""));
    assert!(again.error.starts_with("preclear: --out: the folder is not empty"), "{}", again.error);
    let taken = run(&["rules", "import", "cn", "tariff", &tariff, "--rules", &rules], "");
    assert_eq!((taken.exit, taken.error.as_str()), (0, ""));
    assert!(taken.output.starts_with("tariff: 2 rows, in force from 2026-01-01 until 2027-01-01\n"), "{}", taken.output);

    let checked = run(&["rules", "check", &rules], "");
    assert!(checked.exit == 0 && checked.output.ends_with(", no fault\n"), "{}", checked.output);
    let built = run(&["rules", "build", &rules, "--out", &packs], "");
    assert_eq!(built.exit, 0, "{}", built.error);
    assert!(built.output.contains("2026.11.23+positive-list.2022-03-01+tariff.2026-01-01"), "{}", built.output);

    let ask = |basket: &Value, packs: &[&str]| -> Value {
        serde_json::from_str(&run(&[&["quote"], packs].concat(), &basket.to_string()).output).unwrap()
    };
    let imported = ["--packs", packs.as_str()];
    let of_list = |quote: &Value| -> Vec<String> {
        let text = |value: &Value| value.as_str().unwrap().to_string();
        let findings = quote["findings"].as_array().unwrap().iter();
        let about = |finding: &&Value| finding["params"]["check"].as_str().is_some_and(|check| check.starts_with("cn.off-list"));
        findings.filter(about).map(|finding| format!("{} {}", text(&finding["level"]), text(&finding["code"]))).collect()
    };
    for (code, channel, day, found) in [
        // On the list; by ten digits too.
        ("33049900", "bonded", "2026-11-23", &[][..]),
        ("3304990039", "direct", "2026-11-23", &[]),
        ("39241000", "direct", "2026-11-23", &["info goods.restricted"]),
        ("03061790", "bonded", "2026-11-23", &[]),
        ("03061790", "direct", "2026-11-23", &["block goods.restricted"]),
        // Not on it; a shorter code can hold lines that are.
        ("95030000", "bonded", "2026-11-23", &["block goods.not-listed"]),
        ("9503000010", "direct", "2026-11-23", &["block goods.not-listed"]),
        ("950300", "bonded", "2026-11-23", &["info goods.unverified"]),
        ("9503000", "bonded", "2026-11-23", &["info goods.unverified"]),
        ("95030000", "parcel", "2026-11-23", &[]),
        // What was known of the list before does not outlive it.
        ("22030000", "bonded", "2026-11-23", &["block goods.not-listed"]),
        ("22030000", "bonded", "2022-02-28", &[]),
        // The edition begins on 2022-03-01.
        ("95030000", "bonded", "2022-03-01", &["block goods.not-listed"]),
        ("95030000", "bonded", "2022-02-28", &["info goods.unverified"]),
        ("33049900", "bonded", "2022-02-28", &["info goods.unverified"]),
    ] {
        assert_eq!(of_list(&ask(&basket(code, channel, day), &imported)), found, "{code} {channel} {day}");
    }
    // A shop's own statement goes first, and is said.
    let mut stated = basket("95030000", "bonded", "2026-11-23");
    stated["items"][0]["attributes"] = json!({ "listed": true });
    assert_eq!(of_list(&ask(&stated, &imported)), ["info rules.attribute-supplied"]);
    // Without the import nothing is known.
    assert_eq!(of_list(&ask(&basket("95030000", "bonded", "2026-11-23"), &[])), ["info goods.unverified"]);

    // VAT of the tariff line goes before that of the goods: 9 % of 100.00, taken at 70 %; and the law is named.
    let mut quote = ask(&stated, &imported);
    assert_eq!((&quote["status"], &quote["amounts"]["taxes"]), (&json!("ready"), &json!("6.30")));
    let cited = quote["trace"].take().to_string();
    assert!(cited.contains("cn.supplied.tariff") || quote.to_string().contains("cn.supplied.tariff"));
    let mut traded = basket("33049900", "trade", "2026-11-23");
    traded["items"][0]["amount"] = json!("1000.00");
    assert_eq!(ask(&traded, &imported)["amounts"]["duties"], "10.00");
}

#[test]
fn a_file_with_faults_changes_nothing() {
    let folder = folder("import-faults");
    let at = |name: &str| folder.join(name).to_str().unwrap().to_string();
    let (list, rules) = (at("list.csv"), at("rules"));
    fs::write(&list, format!("税号,名称\n33049900,a\n{CANARY},{CANARY}\n33049900,b\n")).unwrap();
    let run = |arguments: &[&str]| run(&[&["rules", "import", "cn", "positive-list"], arguments].concat(), "");
    let refused = run(&[&list, "--out", &rules, "--partial"]);
    let said = "row 3, column A: not a code of 8 digits\nrow 4, column A: `33049900` is in row 2 already\n";
    assert_eq!((refused.exit, refused.output.as_str(), refused.error.as_str()), (1, said, "2 faults; nothing was written\n"));
    assert!(!Path::new(&rules).exists());
    let many: String = (0..150).map(|row| format!("{},x\n", 77_010_000 + row)).collect();
    fs::write(&list, format!("税号,名称\n{many}")).unwrap();
    let refused = run(&[&list, "--out", &rules, "--partial"]);
    assert_eq!((refused.output.lines().count(), refused.error.as_str()), (100, "150 faults, 50 not shown; nothing was written\n"));
}

#[test]
fn arguments_of_an_import_that_cannot_be_used_get_one_line() {
    let expected = "preclear: rules import: expected cn positive-list or cn tariff, and a file\n";
    for (arguments, said) in [
        (&[][..], expected),
        (&["cn", "positive-list"], expected),
        (&["cn", CANARY, "x"], expected),
        (&["us", "tariff", "x"], expected),
        (&["cn", "tariff", CANARY], "preclear: rules import: the file cannot be read: entity not found\n"),
        (&["cn", "tariff", "x", "y"], "preclear: expected at most 3 arguments, found 4\n"),
        (&["cn", "tariff", "x", "--lines", CANARY], "preclear: --lines: expected a number\n"),
        (&["cn", "tariff", "x", "--rules", CANARY], "preclear: --rules: the folder cannot be read: entity not found\n"),
        (&["cn", "tariff", "Cargo.toml", "--from", CANARY], "preclear: --from: expected a day that exists, YYYY-MM-DD\n"),
    ] {
        let run = run(&[&["rules", "import"], arguments].concat(), "");
        assert_eq!((run.exit, run.output.as_str(), run.error.as_str()), (2, "", said), "{arguments:?}");
    }
}
