//! Made-up records for the mock, the same on every start.

import type { CrmRecord } from "../src/api/types";

let state = 20_261_123;
/** A number in 0..n-1 from a small linear congruential generator: the same data on every start. */
export function pick(n: number): number {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((state / 2_147_483_648) * n);
}
const of = <T>(list: readonly T[]): T => list[pick(list.length)] as T;
let serial = 0;
export const newId = (): string => `0193${(++serial).toString(16).padStart(8, "0")}`;
const day = 86_400_000;
const ago = (days: number): string =>
  new Date(Date.now() - days * day - pick(day)).toISOString().replace(/\.\d+Z/, "Z");

export type Tables = Record<string, CrmRecord[]>;

const places = ["上海", "北京", "深圳", "杭州", "成都", "苏州", "武汉", "南京"];
const brands = ["云帆", "华晟", "蓝海", "星辰", "瑞丰", "博远", "金石", "天合"];
const trades = ["科技", "贸易", "医疗", "机械", "软件"];
const english = [
  "Acme Corporation",
  "Betasoloin",
  "Cancity",
  "Condax",
  "Dontechi",
  "Funholding",
  "Globex",
  "Hottechi",
  "Isdom",
  "Kan-code",
];
const surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"];
const given = ["小明", "伟", "芳", "娜", "秀英", "敏", "静", "强", "磊", "洋"];

export function makeTables(): Tables {
  const tables: Tables = {};
  const add = (object: string, values: Record<string, unknown>): CrmRecord => {
    const at = ago(pick(90));
    const record = {
      id: newId(),
      version: 1,
      created_at: ago(120),
      updated_at: at,
      deleted_at: null,
      ...values,
    } as CrmRecord;
    tables[object] = [...(tables[object] ?? []), record];
    return record;
  };
  const ref = (record: CrmRecord, title = "name") => ({ id: record.id, title: record[title] });
  const users = ["李娜", "王磊", "Anna Snelling", "Darcel Schlecht"].map((name, index) =>
    add("user", { name, email: `u${index}@example.com` }),
  );
  const tags = ["重点", "VIP", "Newsletter"].map((name) => add("tag", { name }));
  const stages = [
    ["初步接洽", "open"],
    ["需求确认", "open"],
    ["方案报价", "open"],
    ["商务谈判", "open"],
    ["赢单", "won"],
    ["输单", "lost"],
  ].map(([name, outcome], position) => add("stage", { name, outcome, position }));
  const names = [
    ...english,
    ...Array.from({ length: 420 }, () => `${of(places) + of(brands) + of(trades)}有限公司`),
  ];
  const accounts = names.map((name) =>
    add("account", {
      name,
      industry: of(["retail", "software", "manufacturing", "medical"]),
      phone: `+8613${pick(10)}${String(10_000_000 + pick(89_999_999))}`,
      website: pick(2) ? `https://www.example-${pick(999)}.com` : null,
      revenue: { amount: `${pick(90_000) * 1000}.00`, currency: "CNY" },
      owner: ref(of(users)),
      employees: pick(5000),
      tags: pick(3) ? [] : [ref(of(tags))],
      parent: null,
      roles: ["customer"],
      open_amount: { amount: `${pick(4000) * 100}.00`, currency: "CNY" },
      last_contact_at: pick(4) ? ago(pick(60)) : null,
      notes: pick(3) ? null : "客户对交付时间很在意。\nPrefers to be called in the morning.",
    }),
  );
  for (let i = 0; i < 300; i++)
    add("contact", {
      name: of(surnames) + of(given),
      account: ref(of(accounts)),
      position: of(["采购经理", "总经理", "CTO", "财务总监"]),
      phone: `+86138${10_000_000 + pick(89_999_999)}`,
      email: `c${i}@example.com`,
      birthday: `19${60 + pick(40)}-0${1 + pick(9)}-1${pick(9)}`,
      decides: pick(3) === 0,
      owner: ref(of(users)),
    });
  for (let i = 0; i < 160; i++) {
    const account = of(accounts);
    const amount = (1 + pick(400)) * 1000;
    add("opportunity", {
      name: `${account.name} · ${of(["年度采购", "GTX Pro", "MG Special", "升级项目", "续约"])}`,
      account: ref(account),
      stage: ref(of(stages)),
      amount: { amount: `${amount}.00`, currency: "CNY" },
      weighted: { amount: `${amount / 2}.00`, currency: "CNY" },
      probability: `${pick(10) * 10}`,
      close_on: `2026-1${pick(3)}-${10 + pick(18)}`,
      owner: ref(of(users)),
      in_stage: pick(40) * 43_200,
      lost_reason: null,
    });
  }
  for (let i = 0; i < 120; i++) {
    const order = add("order", {
      number: `SO-2026-${1000 + i}`,
      account: ref(of(accounts)),
      ordered_at: ago(pick(300)),
      status: of(["draft", "confirmed", "completed"]),
      total: { amount: `${pick(90_000)}.50`, currency: "CNY" },
    });
    for (let n = 0; n < 3; n++)
      add("order_line", {
        product: of(["GTX Pro", "MG Special", "GTK 500"]),
        order: ref(order, "number"),
        quantity: `${1 + pick(9)}`,
        price: { amount: `${pick(900)}.00`, currency: "CNY" },
      });
  }
  for (const account of accounts.slice(0, 60)) {
    const about = { object: "account", ...ref(account) };
    add("activity", {
      subject: of(["电话沟通报价", "Visited the plant", "微信跟进合同"]),
      kind: of(["call", "visit", "note"]),
      about,
      happened_at: ago(pick(30)),
      body: "对方希望下周给出最终方案，价格还有谈判空间。",
    });
    add("task", {
      subject: of(["发送报价单", "Prepare the demo"]),
      about,
      due_on: "2026-12-01",
      done: false,
      owner: ref(of(users)),
    });
  }
  return tables;
}
