//! Pictures from outside, with everything taken out that is not the picture: where and when it was taken, with what, by whom, smaller
//! copies of it, and whatever stands after its end. They are read part by part and never decoded (charter 2).
//!
//! What may stay is on a list for each kind; all else goes, known or not. The one thing kept of a JPEG's metadata is which side is up,
//! written anew by itself: phones leave pictures lying otherwise.

mod jpeg;
mod orientation;
mod png;
#[cfg(test)]
mod tests;
mod webp;

use precinct_core::MediaKind;

/// Why bytes are not taken as a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureFault {
    /// It does not begin as one.
    #[error("this is no JPEG, PNG or WebP picture: send one of these as it comes from the camera")]
    Unknown,
    /// It ends in the middle.
    #[error("the picture is cut off at byte {at}: send it again")]
    Cut {
        /// Where.
        at: usize,
    },
    /// A part is not as its kind has it.
    #[error("the picture is not in order at byte {at} ({what}): save it anew and send that")]
    Disorder {
        /// Where.
        at: usize,
        /// What is wrong there.
        what: &'static str,
    },
    /// It moves.
    #[error("this picture moves: send a still one")]
    Moves,
}

/// Bytes that are read from the front.
#[derive(Clone, Copy, Debug)]
struct Bytes<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], PictureFault> {
        let end = self.at.checked_add(count).filter(|&end| end <= self.all.len());
        let end = end.ok_or(PictureFault::Cut { at: self.all.len() })?;
        let taken = &self.all[self.at..end];
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], PictureFault> {
        let cut = PictureFault::Cut { at: self.all.len() };
        self.take(N)?.try_into().map_err(|_| cut)
    }

    fn byte(&mut self) -> Result<u8, PictureFault> {
        self.array::<1>().map(|[byte]| byte)
    }

    const fn wrong(&self, what: &'static str) -> PictureFault {
        PictureFault::Disorder { at: self.at, what }
    }
}

/// What kind of picture it is, and its bytes without anything that is not the picture. What was stripped once stays as it is.
pub fn strip(bytes: &[u8]) -> Result<(MediaKind, Vec<u8>), PictureFault> {
    if bytes.starts_with(jpeg::BEGINS) {
        Ok((MediaKind::Jpeg, jpeg::strip(bytes)?))
    } else if bytes.starts_with(png::BEGINS) {
        Ok((MediaKind::Png, png::strip(bytes)?))
    } else if webp::begins(bytes) {
        Ok((MediaKind::Webp, webp::strip(bytes)?))
    } else {
        Err(PictureFault::Unknown)
    }
}
