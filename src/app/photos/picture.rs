//! A photo as it is kept: decoded, turned as it was held, made smaller, written anew. Nothing of the file that came is in the one that is kept: no place,
//! no time, no name of a camera, no comment, no picture within the picture, nothing behind its end.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

use crate::domain::photo::{EDGE, EDGE_MAX, Hidden, PIXELS_MAX, THUMBNAIL_EDGE};

/// Quality of what is kept, of 100.
const QUALITY: u8 = 82;
/// Most bytes that decoding may take.
const ALLOC_MAX: u64 = 128 * 1024 * 1024;
/// How large the squares are that stand for what is hidden: a face of any size becomes a few of them.
const BLOCKS: u32 = 4;

/// A photo as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// JPEG.
    pub jpeg: Vec<u8>,
    /// JPEG, at most 320 pixels.
    pub thumbnail: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Not JPEG, PNG or WebP, whatever it is called.
    #[error("not a picture")]
    Unknown,
    /// It begins as a picture, and is none.
    #[error("broken")]
    Broken,
    /// More pixels than are taken.
    #[error("too many pixels")]
    TooLarge,
}

/// Reads a file that somebody sent.
///
/// What it says of its own size is looked at before anything is made for it.
pub fn read(bytes: &[u8]) -> Result<Picture, PictureError> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| PictureError::Unknown)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(PictureError::Unknown);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(EDGE_MAX);
    limits.max_image_height = Some(EDGE_MAX);
    limits.max_alloc = Some(ALLOC_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(fault)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || decoder.total_bytes() > ALLOC_MAX {
        return Err(PictureError::TooLarge);
    }
    let orientation = decoder.orientation().map_err(fault)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(fault)?;
    if picture.width() > EDGE || picture.height() > EDGE {
        // Not the finest way, but the one that takes no more memory than its result.
        picture = picture.thumbnail(EDGE, EDGE);
    }
    // After it was made smaller: turning a large one takes as much again.
    picture.apply_orientation(orientation);
    write(&on_white(&picture))
}

/// Hides parts of a picture for good: the pixels themselves are gone.
pub fn hide(jpeg: &[u8], hidden: &[Hidden]) -> Result<Picture, PictureError> {
    let mut picture = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).map_err(fault)?.into_rgb8();
    for part in hidden {
        pixelate(&mut picture, *part);
    }
    write(&picture)
}

/// Each block becomes its mean.
fn pixelate(picture: &mut RgbImage, part: Hidden) {
    let size = part.width.max(part.height).div_ceil(BLOCKS).max(1);
    let (right, below) = ((part.x + part.width).min(picture.width()), (part.y + part.height).min(picture.height()));
    let mut top = part.y;
    while top < below {
        let mut left = part.x;
        while left < right {
            let (end_x, end_y) = ((left + size).min(right), (top + size).min(below));
            let mut sums = [0_u64; 3];
            for y in top..end_y {
                for x in left..end_x {
                    for (sum, value) in sums.iter_mut().zip(picture.get_pixel(x, y).0) {
                        *sum += u64::from(value);
                    }
                }
            }
            let count = u64::from(end_x - left) * u64::from(end_y - top);
            let mean = Rgb(sums.map(|sum| u8::try_from(sum / count).unwrap_or(u8::MAX)));
            for y in top..end_y {
                for x in left..end_x {
                    picture.put_pixel(x, y, mean);
                }
            }
            left += size;
        }
        top += size;
    }
}

/// What shines through shows white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let seen = picture.to_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0.map(u32::from);
        Rgb([red, green, blue].map(|value| u8::try_from((value * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)))
    })
}

fn write(picture: &RgbImage) -> Result<Picture, PictureError> {
    let small = DynamicImage::ImageRgb8(picture.clone()).thumbnail(THUMBNAIL_EDGE, THUMBNAIL_EDGE).into_rgb8();
    // `thumbnail` also makes larger.
    let small = if small.width() > picture.width() { picture } else { &small };
    Ok(Picture { jpeg: encode(picture)?, thumbnail: encode(small)?, width: picture.width(), height: picture.height() })
}

fn encode(picture: &RgbImage) -> Result<Vec<u8>, PictureError> {
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    encoder.encode(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8).map_err(fault)?;
    Ok(jpeg)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn fault(error: image::ImageError) -> PictureError {
    match error {
        image::ImageError::Limits(_) => PictureError::TooLarge,
        image::ImageError::Unsupported(_) => PictureError::Unknown,
        _ => PictureError::Broken,
    }
}
