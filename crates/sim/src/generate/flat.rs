//! Points, directions and polygons on the flat sheet a city is drawn on: millimetres east and north of its centre.

/// One metre in the units of [`Pt`].
pub(super) const M: i64 = 1_000;
/// A whole turn in the units of [`Angle`].
pub(super) const TURN: i64 = 65_536;
/// One in the fixed point of [`cos`] and [`sin`].
pub(super) const ONE: i64 = 1 << 30;

/// A place or a vector, millimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pt {
    pub(super) x: i64,
    pub(super) y: i64,
}

/// A direction counted from east to north, [`TURN`] to a whole turn; any value is allowed.
pub(super) type Angle = i64;

impl Pt {
    pub(super) const fn new(x: i64, y: i64) -> Self {
        Self { x, y }
    }

    /// `length` millimetres towards `angle`.
    pub(super) fn polar(length: i64, angle: Angle) -> Self {
        Self::new(scaled(length, cos(angle), ONE), scaled(length, sin(angle), ONE))
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }

    pub(super) const fn minus(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }

    pub(super) const fn cross(self, other: Self) -> i64 {
        self.x * other.y - self.y * other.x
    }

    pub(super) const fn dot(self, other: Self) -> i64 {
        self.x * other.x + self.y * other.y
    }

    /// Its length, rounded down.
    pub(super) const fn length(self) -> i64 {
        ((self.x * self.x + self.y * self.y) as u64).isqrt() as i64
    }

    pub(super) const fn distance(self, other: Self) -> i64 {
        self.minus(other).length()
    }

    /// The same direction with another length; zero stays zero.
    pub(super) fn with_length(self, length: i64) -> Self {
        let now = self.length().max(1);
        Self::new(scaled(length, self.x, now), scaled(length, self.y, now))
    }

    /// A quarter turn to the left.
    pub(super) const fn left(self) -> Self {
        Self::new(-self.y, self.x)
    }

    /// The point `part / whole` of the way to `other`.
    pub(super) fn towards(self, other: Self, part: i64, whole: i64) -> Self {
        self.plus(Self::new(
            scaled(other.x - self.x, part, whole),
            scaled(other.y - self.y, part, whole),
        ))
    }

    /// The point seen in a frame turned by `angle`.
    pub(super) fn turned(self, angle: Angle) -> Self {
        let (c, s) = (cos(angle), sin(angle));
        let part = |a: i64, b: i64| {
            ((i128::from(a) * i128::from(c) + i128::from(b) * i128::from(s)) >> 30) as i64
        };
        Self::new(part(self.x, self.y), part(self.y, -self.x))
    }

    /// Its direction seen from the origin, to about a quarter of a degree.
    pub(super) fn angle(self) -> Angle {
        let (x, y) = (self.x.abs(), self.y.abs());
        if x == 0 && y == 0 {
            return 0;
        }
        let z = scaled(x.min(y), 1 << 12, x.max(y));
        // atan z ≈ z (π/4 + 0.273 (1 − z)) on 0..1; in 65,536ths of a turn: 8,192 and 2,847.
        let low = (z * (8_192 + ((2_847 * (4_096 - z)) >> 12))) >> 12;
        let first = if y > x { TURN / 4 - low } else { low };
        match (self.x < 0, self.y < 0) {
            (false, false) => first,
            (true, false) => TURN / 2 - first,
            (true, true) => TURN / 2 + first,
            (false, true) => TURN - first,
        }
    }
}

/// `value × part / whole` without overflow; `whole` must not be 0.
pub(super) fn scaled(value: i64, part: i64, whole: i64) -> i64 {
    (i128::from(value) * i128::from(part) / i128::from(whole)) as i64
}

/// Sine as fixed point with 30 bits, by its Taylor series to the 13th power.
pub(super) fn sin(angle: Angle) -> i64 {
    let quarter = TURN / 4;
    let within = angle.rem_euclid(TURN);
    let (half, rest) = (within / (2 * quarter), within % (2 * quarter));
    let first = if rest > quarter { 2 * quarter - rest } else { rest };
    // 2π / 65,536 × 2^46, so that the product shifted by 16 has 30 bits.
    let x = (first * 6_746_518_852) >> 16;
    let square = (x * x) >> 30;
    let tail =
        [156, 110, 72, 42, 20, 6].iter().fold(ONE, |term, k| ONE - ((square * term) >> 30) / k);
    let value = (x * tail) >> 30;
    if half == 1 { -value } else { value }
}

/// Cosine as fixed point with 30 bits.
pub(super) fn cos(angle: Angle) -> i64 {
    sin(angle + TURN / 4)
}

/// Twice the area of a ring, positive when it runs counter-clockwise; square millimetres.
pub(super) fn twice_area(ring: &[Pt]) -> i64 {
    let Some(&origin) = ring.first() else { return 0 };
    ring.windows(2).map(|w| w[0].minus(origin).cross(w[1].minus(origin))).sum()
}

/// The centre of gravity of a ring.
pub(super) fn centroid(ring: &[Pt]) -> Pt {
    let Some(&origin) = ring.first() else { return Pt::default() };
    let (mut x, mut y, mut area) = (0i128, 0i128, 0i128);
    for w in ring.windows(2) {
        let (a, b) = (w[0].minus(origin), w[1].minus(origin));
        let weight = i128::from(a.cross(b));
        x += weight * i128::from(a.x + b.x);
        y += weight * i128::from(a.y + b.y);
        area += weight;
    }
    if area == 0 {
        return origin;
    }
    origin.plus(Pt::new((x / (3 * area)) as i64, (y / (3 * area)) as i64))
}

/// Whether `p` is inside the ring, by the even-odd rule.
pub(super) fn inside(ring: &[Pt], p: Pt) -> bool {
    let Some(&last) = ring.last() else { return false };
    let (mut odd, mut a) = (false, last);
    for &b in ring {
        if (a.y > p.y) != (b.y > p.y) {
            let (low, high) = if a.y < b.y { (a, b) } else { (b, a) };
            odd ^= high.minus(low).cross(p.minus(low)) > 0;
        }
        a = b;
    }
    odd
}

/// Where two stretches cross, their ends included; parallel ones do not.
pub(super) fn crossing(a: Pt, b: Pt, c: Pt, d: Pt) -> Option<Pt> {
    let (ab, cd, ac) = (b.minus(a), d.minus(c), c.minus(a));
    let whole = ab.cross(cd);
    if whole == 0 {
        return None;
    }
    let (t, u) = (ac.cross(cd), ac.cross(ab));
    let within =
        |v: i64| if whole > 0 { (0..=whole).contains(&v) } else { (whole..=0).contains(&v) };
    (within(t) && within(u)).then(|| a.towards(b, t, whole))
}

/// The direction most sides of a ring follow, a quarter turn being the same direction: 0 to a quarter turn.
pub(super) fn grain(ring: &[Pt]) -> Angle {
    let Some(&last) = ring.last() else { return 0 };
    let (mut from, mut sum) = (last, Pt::default());
    for &to in ring {
        let side = to.minus(from);
        let unit = side.with_length(1 << 15);
        let square = |p: Pt| Pt::new((p.x * p.x - p.y * p.y) >> 15, (2 * p.x * p.y) >> 15);
        let fourth = square(square(unit));
        let weight = side.length() / M;
        sum = sum.plus(Pt::new(fourth.x * weight, fourth.y * weight));
        from = to;
    }
    Pt::new(sum.x >> 8, sum.y >> 8).angle() / 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(side: i64) -> [Pt; 5] {
        [(0, 0), (side, 0), (side, side), (0, side), (0, 0)].map(|(x, y)| Pt::new(x, y))
    }

    #[test]
    fn sines_and_angles_are_right() {
        // Sines of a 2nd, 4th, 8th and 16th of a quarter turn, times 2^30, from tables.
        for (part, exact) in
            [(2, 759_250_125), (4, 410_903_207), (8, 209_476_638), (16, 105_245_103)]
        {
            assert!((sin(TURN / 4 / part) - exact).abs() < 100, "{part}");
        }
        for angle in (-TURN..2 * TURN).step_by(17) {
            let (s, c) = (sin(angle), cos(angle));
            assert!(((s * s + c * c) / ONE - ONE).abs() < 200, "{angle}");
            assert_eq!((s, c), (-sin(-angle), cos(angle + TURN)));
            let back = Pt::polar(5_000 * M, angle).angle() - angle.rem_euclid(TURN);
            assert!(back.abs().min(TURN - back.abs()) < 60, "{angle} {back}");
        }
    }

    #[test]
    fn a_square_has_its_area_centre_and_grain() {
        let ring = square(1_000 * M);
        assert_eq!(twice_area(&ring), 2_000_000 * M * M);
        assert_eq!(centroid(&ring), Pt::new(500 * M, 500 * M));
        assert!(inside(&ring, Pt::new(1, 1)) && !inside(&ring, Pt::new(-1, 1)));
        let turned = ring.map(|p| p.turned(-3_000));
        assert!((grain(&turned) - 3_000).abs() < 60, "{}", grain(&turned));
    }

    #[test]
    fn stretches_cross_where_they_should() {
        let p = Pt::new;
        assert_eq!(crossing(p(0, 0), p(10, 10), p(0, 10), p(10, 0)), Some(p(5, 5)));
        assert_eq!(crossing(p(0, 0), p(4, 4), p(0, 10), p(10, 0)), None);
        assert_eq!(crossing(p(0, 0), p(4, 4), p(1, 0), p(5, 4)), None);
    }
}
