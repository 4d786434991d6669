//! Reports as PDF. [`pdf`] sets a [`Sheet`] by Typst with the fonts of the machine.
//!
//! The data of a sheet are data to the template and never its text: what somebody typed cannot become a command of the
//! typesetter. Files and packages are out of its reach.

mod fonts;
mod sheet;
mod world;

pub use sheet::{Line, Sheet, Table};

use jiff::ZonedDateTime;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// No font with Chinese characters is installed on this machine.
    #[error("no font with Chinese characters is installed")]
    NoFont,
    /// The typesetter refused. Says where in the template, and holds nothing of the data.
    #[error("the typesetter refused: {0}")]
    Refused(String),
}

/// A report on A4 pages. `made` is when, for the file's properties and the foot of the pages. Blocks the thread.
pub fn pdf(sheet: &Sheet, made: &ZonedDateTime) -> Result<Vec<u8>, Failed> {
    let fonts = fonts::installed();
    let family = fonts::chinese(fonts).ok_or(Failed::NoFont)?;
    let world = world::World::new(fonts, &sheet.told(&family, made));
    let document = typst::compile::<PagedDocument>(&world).output;
    let refused = |errors: &[typst::diag::SourceDiagnostic]| {
        Failed::Refused(errors.first().map(|error| error.message.to_string()).unwrap_or_default())
    };
    let bytes = document
        .map_err(|errors| refused(&errors))
        .and_then(|document| typst_pdf::pdf(&document, &options(made)).map_err(|errors| refused(&errors)));
    // What was set is not kept in memory: reports name places, and lists name people.
    typst::comemo::evict(0);
    bytes
}

fn options(made: &ZonedDateTime) -> PdfOptions {
    let day = Datetime::from_ymd_hms(
        i32::from(made.year()),
        made.month().unsigned_abs(),
        made.day().unsigned_abs(),
        made.hour().unsigned_abs(),
        made.minute().unsigned_abs(),
        made.second().unsigned_abs(),
    );
    let minutes = made.offset().seconds() / 60;
    PdfOptions {
        creator: Smart::Custom(Some("Skein".to_owned())),
        timestamp: day.and_then(|day| typst_pdf::Timestamp::new_local(day, minutes)),
        ..PdfOptions::default()
    }
}
