//! A decision tree: boxes joined by lines, "yes" to the left.

use super::{WIDE, plain, words};
use crate::chart::TreeNode;
use mining::Text;

const LEVEL: f64 = 92.0;
const BOX: f64 = 42.0;

/// The picture and its height.
pub fn tree(nodes: &[TreeNode]) -> (f64, String) {
    let mut places = vec![(0.0, 0usize); nodes.len()];
    let mut leaves = 0;
    let depth = place(nodes, 0, 0, &mut leaves, &mut places);
    let slot = WIDE / leaves.max(1) as f64;
    let at = |n: usize| (places[n].0 * slot, 8.0 + places[n].1 as f64 * LEVEL);
    let width = (slot - 8.0).clamp(44.0, 190.0);
    let mut out = String::new();
    for (n, node) in nodes.iter().enumerate() {
        let (x, y) = at(n);
        let Some((yes, no)) = node.children else { continue };
        for (child, word) in [(yes, Text::new("yes", "是")), (no, Text::new("no", "否"))] {
            let (cx, cy) = at(child);
            out += &format!("<path d=\"M{x:.1} {:.1}L{cx:.1} {cy:.1}\" class=\"edge\"/>", y + BOX);
            let middle = ((x + cx) / 2.0, (y + BOX + cy) / 2.0 + 12.0);
            out += &words(&word, middle.0, middle.1, "middle", "tick", 40.0);
        }
    }
    for (n, node) in nodes.iter().enumerate() {
        let (x, y) = at(n);
        let wide = if node.children.is_some() { width.max(170.0) } else { width };
        let left = (x - wide / 2.0).clamp(0.0, WIDE - wide);
        let depth = 6.0 + 50.0 * node.shade.clamp(0.0, 1.0);
        out += &format!(
            "<rect x=\"{left:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{BOX}\" rx=\"5\" class=\"cell node\" style=\"--depth:{depth:.0}%\"/>"
        );
        let middle = left + wide / 2.0;
        let value = format!("{} · {}", node.value, node.rows);
        if node.children.is_some() {
            out += &words(&node.question, middle, y + 17.0, "middle", "value", wide - 8.0);
            out +=
                &words(&Text::new(&value, &value), middle, y + 34.0, "middle", "value", wide - 6.0);
        } else {
            out += &plain(&node.value, middle, y + 17.0, "middle", "value");
            out += &plain(&node.rows.to_string(), middle, y + 34.0, "middle", "value");
        }
    }
    (16.0 + depth as f64 * LEVEL + BOX, out)
}

/// Leaves side by side, parents over the middle of their children; gives the depth.
fn place(
    nodes: &[TreeNode],
    n: usize,
    level: usize,
    leaves: &mut usize,
    places: &mut [(f64, usize)],
) -> usize {
    let Some((yes, no)) = nodes[n].children else {
        places[n] = (*leaves as f64 + 0.5, level);
        *leaves += 1;
        return level;
    };
    let left = place(nodes, yes, level + 1, leaves, places);
    let right = place(nodes, no, level + 1, leaves, places);
    places[n] = ((places[yes].0 + places[no].0) / 2.0, level);
    left.max(right)
}
