//! Frequent itemsets by FP-growth, without candidates.

use super::Baskets;
use crate::error::{Error, Result};
use crate::run::Run;

/// How often an itemset must occur.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SupportMin {
    /// In at least so many baskets.
    Count(u32),
    /// In at least this share of baskets (0 to 1); the count is rounded up.
    Share(f64),
}

impl SupportMin {
    fn count(self, baskets: usize) -> Result<u32> {
        match self {
            Self::Count(0) => Err(Error::Option { name: "support", need: "at least 1" }),
            Self::Count(n) => Ok(n),
            Self::Share(s) if s > 0.0 && s <= 1.0 => {
                // A product such as 0.01 × 18500 must not be rounded up for its last bit.
                Ok(((baskets as f64 * s - 1e-9).ceil() as u32).max(1))
            }
            Self::Share(_) => Err(Error::Option { name: "support", need: "above 0, at most 1" }),
        }
    }
}

/// Most itemsets that are collected.
const ITEMSETS_MAX: usize = 20_000_000;

/// Frequent itemsets with the number of baskets that hold each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Itemsets {
    offsets: Vec<u32>,
    items: Vec<u32>,
    counts: Vec<u32>,
    /// Baskets the counts refer to.
    pub baskets: usize,
}

impl Itemsets {
    /// How many itemsets.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// True without itemsets.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Item codes (ascending) and count of one itemset.
    #[must_use]
    pub fn get(&self, index: usize) -> (&[u32], u32) {
        let from = if index == 0 { 0 } else { self.offsets[index - 1] as usize };
        (&self.items[from..self.offsets[index] as usize], self.counts[index])
    }

    /// All itemsets.
    pub fn iter(&self) -> impl Iterator<Item = (&[u32], u32)> {
        (0..self.len()).map(|i| self.get(i))
    }

    fn push(&mut self, prefix: &[u32], more: &[u32], count: u32) {
        let from = self.items.len();
        self.items.extend_from_slice(prefix);
        self.items.extend_from_slice(more);
        self.items[from..].sort_unstable();
        self.offsets.push(self.items.len() as u32);
        self.counts.push(count);
    }

    fn append(&mut self, other: &Self) {
        let base = self.items.len() as u32;
        self.items.extend_from_slice(&other.items);
        self.offsets.extend(other.offsets.iter().map(|o| o + base));
        self.counts.extend_from_slice(&other.counts);
    }
}

/// All itemsets of at most `length_max` items that occur often enough.
///
/// FP-growth (Han, Pei and Yin 2000, "Mining frequent patterns without candidate generation"):
/// baskets are kept in a prefix tree ordered by frequency, and each item's conditional tree is
/// mined in turn. Conditional trees of few items are finished by adding counts over all supersets
/// (the idea of Borgelt's 16-items machine). Counts are exact, whatever the number of shards.
///
/// # Errors
/// [`Error::Option`], [`Error::TooLarge`] beyond 20 million itemsets, [`Error::Cancelled`].
pub fn frequent(
    baskets: &Baskets,
    support: SupportMin,
    length_max: usize,
    run: &Run<'_>,
) -> Result<Itemsets> {
    let minimum = support.count(baskets.len())?;
    let counts = baskets.counts();
    let mut order: Vec<u32> =
        (0..counts.len() as u32).filter(|&i| counts[i as usize] >= minimum).collect();
    order.sort_by_key(|&i| (u32::MAX - counts[i as usize], i));
    let mut all = Itemsets { baskets: baskets.len(), ..Itemsets::default() };
    if length_max == 0 || order.is_empty() {
        return Ok(all);
    }
    let mut tree = Tree::new(order.len());
    fill(&mut tree, baskets, &order, &counts);
    let parts = if run.shards <= 1 { 1 } else { (run.shards * 8).min(order.len()) };
    let found = run.each(parts, |part| -> Result<Itemsets> {
        let mut miner = Miner {
            order: &order,
            minimum,
            length_max,
            levels: Vec::new(),
            out: Itemsets::default(),
            prefix: Vec::new(),
        };
        for rank in (part..order.len()).step_by(parts) {
            if parts == 1 {
                run.step(rank, order.len())?;
            } else {
                run.check()?;
            }
            miner.mine_item(&tree, rank as u32, 0)?;
        }
        Ok(miner.out)
    });
    for part in found {
        all.append(&part?);
    }
    Ok(all)
}

/// Puts the frequent items of all baskets into the tree. Baskets are sorted first, so that each
/// shares its beginning with the one before and no child has to be searched for.
fn fill(tree: &mut Tree, baskets: &Baskets, order: &[u32], counts: &[u32]) {
    let mut rank = vec![u32::MAX; counts.len()];
    order.iter().zip(0u32..).for_each(|(&item, r)| rank[item as usize] = r);
    let mut flat: Vec<u32> = Vec::with_capacity(baskets.items.len());
    let mut spans: Vec<(u32, u32)> = Vec::with_capacity(baskets.len());
    for basket in baskets.iter() {
        let from = flat.len();
        flat.extend(basket.iter().map(|&i| rank[i as usize]).filter(|&r| r != u32::MAX));
        if flat.len() > from {
            flat[from..].sort_unstable();
            spans.push((from as u32, flat.len() as u32));
        }
    }
    let of = |s: &(u32, u32)| &flat[s.0 as usize..s.1 as usize];
    spans.sort_unstable_by(|a, b| of(a).cmp(of(b)));
    let mut path: Vec<u32> = Vec::new();
    let mut last: &[u32] = &[];
    for span in &spans {
        let basket = of(span);
        let shared = basket.iter().zip(last).take_while(|(a, b)| a == b).count();
        path.truncate(shared);
        path.iter().for_each(|&node| tree.nodes[node as usize].count += 1);
        for &item in &basket[shared..] {
            let parent = path.last().copied().unwrap_or(0);
            path.push(tree.add_node(item, parent, 1));
        }
        last = basket;
    }
    for (item, r) in order.iter().zip(0usize..) {
        tree.support[r] = counts[*item as usize];
    }
}

#[derive(Clone, Copy)]
struct Node {
    item: u32,
    parent: u32,
    count: u32,
    /// Next node of the same item.
    next: u32,
    /// First child and next sibling; only kept in conditional trees.
    child: u32,
    sibling: u32,
}

/// A prefix tree; node 0 is the root, 0 also ends every list.
struct Tree {
    nodes: Vec<Node>,
    /// First node of each item.
    head: Vec<u32>,
    support: Vec<u32>,
    /// Child of the root for each item.
    top: Vec<u32>,
    /// Items in use, ascending rank.
    items: Vec<u32>,
}

const ROOT: Node = Node { item: u32::MAX, parent: 0, count: 0, next: 0, child: 0, sibling: 0 };

impl Tree {
    fn new(items: usize) -> Self {
        Self {
            nodes: vec![ROOT],
            head: vec![0; items],
            support: vec![0; items],
            top: vec![0; items],
            items: Vec::new(),
        }
    }

    fn clear(&mut self) {
        self.nodes.clear();
        self.nodes.push(ROOT);
        for &i in &self.items {
            self.head[i as usize] = 0;
            self.support[i as usize] = 0;
            self.top[i as usize] = 0;
        }
        self.items.clear();
    }

    fn add_node(&mut self, item: u32, parent: u32, count: u32) -> u32 {
        let at = self.nodes.len() as u32;
        let next = std::mem::replace(&mut self.head[item as usize], at);
        self.nodes.push(Node { item, parent, count, next, child: 0, sibling: 0 });
        at
    }

    /// Inserts a path given from its end to its beginning.
    fn insert_reversed(&mut self, path: &[u32], count: u32) {
        let mut at = 0u32;
        for &item in path.iter().rev() {
            let mut child =
                if at == 0 { self.top[item as usize] } else { self.nodes[at as usize].child };
            if at != 0 {
                while child != 0 && self.nodes[child as usize].item != item {
                    child = self.nodes[child as usize].sibling;
                }
            }
            if child == 0 {
                child = self.add_node(item, at, 0);
                if at == 0 {
                    self.top[item as usize] = child;
                } else {
                    let first = std::mem::replace(&mut self.nodes[at as usize].child, child);
                    self.nodes[child as usize].sibling = first;
                }
            }
            self.nodes[child as usize].count += count;
            at = child;
        }
    }
}

/// Conditional trees with at most so many items are finished by adding over supersets.
const SMALL_ITEMS: usize = 6;

struct Miner<'a> {
    order: &'a [u32],
    minimum: u32,
    length_max: usize,
    levels: Vec<Tree>,
    out: Itemsets,
    prefix: Vec<u32>,
}

impl Miner<'_> {
    /// Emits the item of `tree` with its prefix, then mines its conditional tree.
    fn mine_item(&mut self, tree: &Tree, item: u32, depth: usize) -> Result<()> {
        self.prefix.push(self.order[item as usize]);
        self.out.push(&self.prefix, &[], tree.support[item as usize]);
        if self.out.len() > ITEMSETS_MAX {
            let have = self.out.len();
            return Err(Error::TooLarge { what: "itemsets", have, max: ITEMSETS_MAX });
        }
        if self.prefix.len() < self.length_max && item > 0 {
            if self.levels.len() <= depth {
                self.levels.push(Tree::new(self.order.len()));
            }
            let mut next = std::mem::replace(&mut self.levels[depth], Tree::new(0));
            if next.head.is_empty() {
                next = Tree::new(self.order.len());
            }
            self.project(tree, item, &mut next);
            let small = next.items.len() <= SMALL_ITEMS
                && self.prefix.len() + next.items.len() <= self.length_max;
            if small {
                self.finish_small(tree, item, &next);
            } else {
                self.fill_projection(tree, item, &mut next);
                for at in 0..next.items.len() {
                    self.mine_item(&next, next.items[at], depth + 1)?;
                }
            }
            next.clear();
            self.levels[depth] = next;
        }
        self.prefix.pop();
        Ok(())
    }

    /// Counts the items above `item` and keeps the frequent ones.
    fn project(&self, tree: &Tree, item: u32, next: &mut Tree) {
        let mut at = tree.head[item as usize];
        while at != 0 {
            let node = tree.nodes[at as usize];
            let mut up = node.parent;
            while up != 0 {
                let above = &tree.nodes[up as usize];
                let support = &mut next.support[above.item as usize];
                if *support == 0 {
                    next.items.push(above.item);
                }
                *support += node.count;
                up = above.parent;
            }
            at = node.next;
        }
        let (support, minimum) = (&mut next.support, self.minimum);
        next.items.retain(|&i| {
            let keep = support[i as usize] >= minimum;
            if !keep {
                support[i as usize] = 0;
            }
            keep
        });
        next.items.sort_unstable();
    }

    fn fill_projection(&self, tree: &Tree, item: u32, next: &mut Tree) {
        let mut path = Vec::with_capacity(32);
        let mut at = tree.head[item as usize];
        while at != 0 {
            let node = tree.nodes[at as usize];
            path.clear();
            let mut up = node.parent;
            while up != 0 {
                let above = &tree.nodes[up as usize];
                if next.support[above.item as usize] > 0 {
                    path.push(above.item);
                }
                up = above.parent;
            }
            if !path.is_empty() {
                next.insert_reversed(&path, node.count);
            }
            at = node.next;
        }
    }

    /// Counts every combination of the few items left: first the baskets that hold exactly a
    /// combination, then for each combination the sum over its supersets.
    fn finish_small(&mut self, tree: &Tree, item: u32, next: &Tree) {
        let items = &next.items;
        if items.len() < 2 {
            for &i in items {
                self.out.push(&self.prefix, &[self.order[i as usize]], next.support[i as usize]);
            }
            return;
        }
        let mut counts = [0u32; 1 << SMALL_ITEMS];
        let mut at = tree.head[item as usize];
        while at != 0 {
            let node = tree.nodes[at as usize];
            let (mut mask, mut up) = (0usize, node.parent);
            while up != 0 {
                let above = &tree.nodes[up as usize];
                if next.support[above.item as usize] > 0 {
                    let bit = items.iter().position(|&i| i == above.item);
                    mask |= 1 << bit.expect("items with support are listed");
                }
                up = above.parent;
            }
            counts[mask] += node.count;
            at = node.next;
        }
        let all = 1usize << items.len();
        for bit in 0..items.len() {
            for mask in (0..all).filter(|m| m >> bit & 1 == 0) {
                counts[mask] += counts[mask | 1 << bit];
            }
        }
        let mut more = [0u32; SMALL_ITEMS];
        for (mask, &count) in counts.iter().enumerate().take(all).skip(1) {
            if count >= self.minimum {
                let mut length = 0;
                for (bit, &i) in items.iter().enumerate() {
                    if mask >> bit & 1 == 1 {
                        more[length] = self.order[i as usize];
                        length += 1;
                    }
                }
                self.out.push(&self.prefix, &more[..length], count);
            }
        }
    }
}
