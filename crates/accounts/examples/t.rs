//! x
use precinct_accounts::*;
use precinct_base::*;
use precinct_core::*;
struct L;
impl Chance for L {
    fn fill(&mut self, b: &mut [u8]) {
        use std::io::Read;
        std::fs::File::open("/dev/urandom").unwrap().read_exact(b).unwrap();
    }
}
fn main() {
    let now = Timestamp(1_790_000_000_000);
    let dir = std::env::args().nth(1).unwrap();
    std::fs::create_dir_all(&dir).unwrap();
    let a = Accounts::open(std::path::Path::new(&dir)).unwrap();
    let t = a.first_run(now, &mut L).unwrap().unwrap();
    let n = NewAccount {
        staff: Code::literal("A1"),
        force: Code::literal("police"),
        language: Language::En,
    };
    a.set_up(now, t.expose(), &n, "a long sentence", &mut L).unwrap();
    let t = std::time::Instant::now();
    let mut s = None;
    for _ in 0..5 {
        s = Some(
            a.sign_in(
                now,
                n.staff,
                "a long sentence",
                None,
                Source::of([1, 1, 1, 1].into()),
                &mut L,
            )
            .unwrap(),
        );
    }
    eprintln!("sign_in {:?}", t.elapsed() / 5);
    let s = s.unwrap();
    let t = std::time::Instant::now();
    for _ in 0..100000 {
        std::hint::black_box(a.session(now, s.token.expose()).unwrap().unwrap());
    }
    eprintln!("session {:?}", t.elapsed() / 100000);
    let k = a
        .create_key(
            now,
            Code::literal("play"),
            &[Grant { role: Role::Dispatcher, area: AreaId(0) }],
            None,
            &mut L,
        )
        .unwrap();
    a.key(now, k.expose()).unwrap();
    let t = std::time::Instant::now();
    for _ in 0..100000 {
        std::hint::black_box(a.key(now, k.expose()).unwrap().unwrap());
    }
    eprintln!("key {:?}", t.elapsed() / 100000);
    let e = a.enrolment(now, UnitId(7), DeviceKind::Phone, None, &mut L).unwrap();
    let d = a.enrol(now, e.expose(), Source::of([1, 1, 1, 1].into()), &mut L).unwrap();
    let t = std::time::Instant::now();
    for _ in 0..100000 {
        std::hint::black_box(a.device_by_osmand(d.credential.expose()).unwrap().unwrap());
    }
    eprintln!("device {:?}", t.elapsed() / 100000);
}
