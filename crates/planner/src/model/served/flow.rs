//! How much a choice of posts can serve: a maximum flow from rows to posts (Dinitz 1970).

use super::Served;

/// Not reached.
const FAR: u32 = u32::MAX;

/// A flow under way: what of each row is unserved, what each post has left, and who serves how much of what.
struct Flow<'a> {
    served: &'a Served,
    posts: &'a [u32],
    /// By candidate: its place among the posts.
    place: Vec<u32>,
    rest: Vec<i64>,
    left: Vec<i64>,
    /// By post: rows it covers and how much it serves of each.
    carried: Vec<Vec<(u32, i64)>>,
    /// By post: how far it is from one with something left.
    depth: Vec<u32>,
}

/// The most demand that these posts serve together.
pub(super) fn most_served(served: &Served, posts: &[u32]) -> i64 {
    let mut place = vec![FAR; served.capacity.len()];
    for (i, &post) in posts.iter().enumerate() {
        place[post as usize] = i as u32;
    }
    let carried =
        |&post: &u32| served.columns.get(post as usize).iter().map(|&row| (row, 0)).collect();
    let mut flow = Flow {
        served,
        posts,
        place,
        rest: served.weights.clone(),
        left: posts.iter().map(|&post| served.capacity[post as usize]).collect(),
        carried: posts.iter().map(carried).collect(),
        depth: vec![FAR; posts.len()],
    };
    let total: i64 = served.weights.iter().sum();
    while flow.level() {
        let mut seen = vec![false; posts.len()];
        for row in 0..served.weights.len() {
            while flow.rest[row] > 0 {
                seen.fill(false);
                let pushed = flow.push(row, flow.rest[row], FAR, &mut seen);
                if pushed == 0 {
                    break;
                }
                flow.rest[row] -= pushed;
            }
        }
    }
    total - flow.rest.iter().sum::<i64>()
}

impl Flow<'_> {
    /// Measures how far each post is from one with something left; false if nothing more can be served.
    fn level(&mut self) -> bool {
        let mut queue: Vec<usize> = (0..self.posts.len()).filter(|&i| self.left[i] > 0).collect();
        self.depth.fill(FAR);
        for &post in &queue {
            self.depth[post] = 0;
        }
        let mut next = 0;
        while next < queue.len() {
            let post = queue[next];
            next += 1;
            // Whoever serves a row that this post covers can hand it over.
            for other in self.givers(post) {
                if self.depth[other] == FAR {
                    self.depth[other] = self.depth[post] + 1;
                    queue.push(other);
                }
            }
        }
        let open = |row: usize| {
            self.rest[row] > 0 && self.coverers(row as u32).any(|post| self.depth[post] != FAR)
        };
        (0..self.rest.len()).any(open)
    }

    /// Whoever serves something that this post covers.
    fn givers(&self, post: usize) -> Vec<usize> {
        let mut givers = Vec::new();
        for &(row, _) in &self.carried[post] {
            givers.extend(self.coverers(row).filter(|&other| self.carries(other, row) > 0));
        }
        givers
    }

    fn coverers(&self, row: u32) -> impl Iterator<Item = usize> + '_ {
        let all = self.served.rows.get(row as usize).iter();
        all.map(|&one| self.place[one as usize]).filter(|&place| place != FAR).map(|i| i as usize)
    }

    fn carries(&self, post: usize, row: u32) -> i64 {
        let carried = &self.carried[post];
        carried.binary_search_by_key(&row, |one| one.0).map_or(0, |i| carried[i].1)
    }

    fn carry(&mut self, post: usize, row: u32, more: i64) {
        if let Ok(i) = self.carried[post].binary_search_by_key(&row, |one| one.0) {
            self.carried[post][i].1 += more;
        }
    }

    /// Has up to `amount` of a row served by posts nearer than `below` to one with something left; how much was.
    fn push(&mut self, row: usize, amount: i64, below: u32, seen: &mut [bool]) -> i64 {
        let posts: Vec<usize> = self.coverers(row as u32).collect();
        for post in posts {
            if seen[post] || self.depth[post] >= below {
                continue;
            }
            let direct = amount.min(self.left[post]);
            if direct > 0 {
                self.left[post] -= direct;
                self.carry(post, row as u32, direct);
                return direct;
            }
            seen[post] = true;
            // Something else this post serves goes to another, and makes room.
            for i in 0..self.carried[post].len() {
                let (other, carried) = self.carried[post][i];
                if carried == 0 || other as usize == row {
                    continue;
                }
                let moved = self.push(other as usize, amount.min(carried), self.depth[post], seen);
                if moved > 0 {
                    self.carried[post][i].1 -= moved;
                    self.carry(post, row as u32, moved);
                    return moved;
                }
            }
        }
        0
    }
}
