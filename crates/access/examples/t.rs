//! x
fn main() {
    use precinct_access::*;
    use precinct_base::*;
    use precinct_core::*;
    let t = std::time::Instant::now();
    let a = Access::standard();
    eprintln!("load {:?}", t.elapsed());
    let areas: std::collections::BTreeMap<AreaId, AreaId> =
        (1..1000).map(|i| (AreaId(i), AreaId(i / 10))).collect();
    let c = Context::plain(&areas);
    let p = Principal::staff(
        Code::literal("A1"),
        vec![
            Grant { role: Role::Dispatcher, area: AreaId(2) },
            Grant { role: Role::Crew, area: AreaId(22) },
        ],
        None,
    );
    let mut v = vec![];
    for &act in Action::ALL {
        let r = match act.about()[0] {
            About::Area => Resource::area(AreaId(222)),
            About::Incident => Resource::incident(IncidentId(1), AreaId(222), None),
            About::Unit => Resource::unit(UnitId(1), AreaId(222)),
        };
        let t = std::time::Instant::now();
        let d = a.allowed(&p, act, &r, &c);
        v.push((t.elapsed(), act, d.is_allowed()));
    }
    v.sort();
    eprintln!("cold: min {:?} median {:?} max {:?}", v[0], v[v.len() / 2], v[v.len() - 1]);
    let t = std::time::Instant::now();
    for i in 0..1_000_000u32 {
        std::hint::black_box(a.allowed(
            &p,
            Action::Dispatch,
            &Resource::incident(IncidentId(i), AreaId(222), None),
            &c,
        ));
    }
    eprintln!("hot {:?}/1e6", t.elapsed());
    let t = std::time::Instant::now();
    let s = table(&a);
    eprintln!("table {:?} {}", t.elapsed(), s.len());
}
