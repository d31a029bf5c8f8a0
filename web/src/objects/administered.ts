//! Objects that administrators look after in the settings, with the parts that are ordered within them.

export interface Administered {
  object: string;
  /** Records of this object, in an order, are what it is made of. */
  parts?: { object: string; link: string; order: string; fields: string[] };
}

export const administered: Administered[] = [
  {
    object: "pipeline",
    parts: {
      object: "stage",
      link: "pipeline",
      order: "position",
      fields: ["name", "kind", "probability", "required_fields", "rotting_days"],
    },
  },
  { object: "product" },
  { object: "product_category" },
  { object: "price_list" },
  { object: "tag" },
];
