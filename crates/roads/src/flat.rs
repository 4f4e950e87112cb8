//! Straight lines on a flat sheet in whole millimetres, without rounding where it matters.

/// A point of a sheet: millimetres east and north of its origin.
pub(crate) type Point = (i64, i64);

/// The square of the distance from the origin.
pub(crate) fn square((x, y): Point) -> u128 {
    wide(x, x).unsigned_abs() + wide(y, y).unsigned_abs()
}

/// Twice the area between two vectors: positive where the second is to the left of the first.
pub(crate) fn cross(a: Point, b: Point) -> i128 {
    wide(a.0, b.1) - wide(a.1, b.0)
}

/// The product of the lengths of two vectors and the cosine between them.
pub(crate) fn dot(a: Point, b: Point) -> i128 {
    wide(a.0, b.0) + wide(a.1, b.1)
}

/// From the first point to the second.
pub(crate) const fn vector(from: Point, to: Point) -> Point {
    (to.0 - from.0, to.1 - from.1)
}

/// How far along a straight piece the point nearest to the origin is, as a fraction.
pub(crate) struct Part {
    pub(crate) along: u128,
    pub(crate) whole: u128,
}

impl Part {
    /// Of the piece from `a` to `b`.
    pub(crate) fn of(a: Point, b: Point) -> Self {
        let piece = vector(a, b);
        let whole = square(piece);
        Self { along: u128::try_from(-dot(a, piece)).unwrap_or(0).min(whole), whole }
    }

    /// That fraction of a length, to the nearest.
    pub(crate) fn share(&self, length: u128) -> u128 {
        // Squares of lengths on the earth have 72 bits at most and lengths 37, so that this does not overflow.
        (self.along * length + self.whole / 2).checked_div(self.whole).unwrap_or(0)
    }
}

/// The square of the distance from the origin to the straight piece from `a` to `b`, rounded down.
pub(crate) fn to_piece(a: Point, b: Point) -> u128 {
    let part = Part::of(a, b);
    if part.along == 0 {
        return square(a);
    }
    if part.along == part.whole {
        return square(b);
    }
    let area = cross(a, b).unsigned_abs();
    if area >> 63 == 0 {
        return area * area / part.whole;
    }
    // Thousands of kilometres long: to the millimetre is near enough.
    let distance = area.div_ceil(part.whole.isqrt());
    distance * distance
}

fn wide(a: i64, b: i64) -> i128 {
    i128::from(a) * i128::from(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_nearest_at_its_ends_or_between() {
        assert_eq!(to_piece((3, 4), (9, 4)), 25);
        assert_eq!(to_piece((-9, 4), (-3, 4)), 25);
        assert_eq!(to_piece((-9, 4), (9, 4)), 16);
        assert_eq!(to_piece((3, 4), (3, 4)), 25);
        // 7 · √2 / 2, squared: 24.5.
        assert_eq!(to_piece((0, 7), (7, 0)), 24);
    }

    #[test]
    fn pieces_round_the_earth_do_not_overflow() {
        let far = 40_000_000_000;
        let distance = to_piece((-far, 1_000_000), (far, 1_000_000)).isqrt();
        assert!(distance.abs_diff(1_000_000) <= 1);
        assert!(to_piece((-far, -far), (far, 0)) > 0);
    }
}
