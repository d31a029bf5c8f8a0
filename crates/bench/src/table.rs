//! The table that is printed: what was measured, beside its floor and its goal.

/// Lines of one firm.
#[derive(Default)]
pub struct Table {
    lines: Vec<[String; 5]>,
    missed: usize,
}

/// Which side of the goal is good.
#[derive(Debug, Clone, Copy)]
pub enum Goal {
    /// At least this.
    AtLeast(f64),
    /// At most this.
    AtMost(f64),
    /// Only shown.
    None,
}

impl Table {
    /// Adds a line: the work, the product's figure, the floor's, and what is judged with its unit.
    pub fn line(
        &mut self,
        work: &str,
        product: &str,
        floor: &str,
        judged: (f64, &str),
        goal: Goal,
    ) {
        let (value, unit) = judged;
        let (words, met) = match goal {
            Goal::AtLeast(goal) => (format!("≥ {goal}"), value >= goal),
            Goal::AtMost(goal) => (format!("≤ {goal}"), value <= goal),
            Goal::None => (String::new(), true),
        };
        let judged = match value {
            value if value.abs() >= 100.0 => format!("{value:.0}{unit}"),
            value => format!("{value:.2}{unit}"),
        };
        let mark = match (goal, met) {
            (Goal::None, _) => "",
            (_, true) => " ✓",
            (_, false) => " ✗",
        };
        self.missed += usize::from(!met);
        let line = [work.into(), product.into(), floor.into(), judged, format!("{words}{mark}")];
        eprintln!("  {}", line.join(" | "));
        self.lines.push(line);
    }

    /// Prints the table.
    pub fn print(&self, title: &str) {
        println!("\n{title}\n");
        println!("| work | product | floor | ratio | goal |\n|---|---|---|---|---|");
        for line in &self.lines {
            println!("| {} |", line.join(" | "));
        }
        println!("\n{} of {} goals are missed.", self.missed, self.lines.len());
    }
}
