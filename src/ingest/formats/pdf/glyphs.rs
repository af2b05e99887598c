//! The glyphs of one page with their places, as `pdf-extract` draws them.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

/// A glyph: where its baseline starts, measured from the top left of the page.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) size: f64,
    pub(super) text: String,
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) height: f64,
    left: f64,
    top: f64,
}

impl OutputDev for Page {
    fn begin_page(&mut self, _: u32, media: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.height = media.ury - media.lly;
        self.left = media.llx;
        self.top = media.ury;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(&mut self, trm: &Transform, width: f64, _: f64, font_size: f64, text: &str) -> Result<(), OutputError> {
        let across = trm.m11.hypot(trm.m12);
        let upright = trm.m21.hypot(trm.m22) * font_size;
        // Turned text is a watermark or a credit at the edge of a picture.
        let is_turned = trm.m12.abs() > trm.m11.abs() * 0.2;
        let is_sane = [trm.m31, trm.m32, upright, across, width].iter().all(|number| number.is_finite()) && upright > 0.5;
        if self.glyphs.len() >= super::MAX_GLYPHS {
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        if !is_turned && is_sane {
            self.glyphs.push(Glyph {
                x: trm.m31 - self.left,
                y: self.top - trm.m32,
                width: width * across * font_size,
                size: upright,
                text: text.to_owned(),
            });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
