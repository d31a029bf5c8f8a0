//! A few objects in the shape of `GET /schema`, for working on the UI without a server. Never part of the build.

import type { Field, ObjectSchema, Schema } from "../src/api/types";

const operators: Record<string, string[]> = {
  text: ["eq", "ne", "in", "not_in", "starts_with", "is_empty", "is_not_empty"],
  number: ["eq", "ne", "lt", "lte", "gt", "gte", "between", "in", "is_empty", "is_not_empty"],
  date: ["eq", "lt", "lte", "gt", "gte", "between", "within", "is_empty", "is_not_empty"],
  choice: ["eq", "ne", "in", "not_in", "is_empty", "is_not_empty"],
  yes_no: ["eq"],
  link: ["eq", "ne", "in", "not_in", "under", "is_empty", "is_not_empty"],
  tags: ["has_any", "has_all", "has_none", "is_empty", "is_not_empty"],
};
const family: Record<string, string> = {
  email: "text",
  phone: "text",
  url: "text",
  long_text: "none",
  decimal: "number",
  money: "number",
  percent: "number",
  duration: "number",
  instant: "date",
  person: "link",
  many_choices: "tags",
  links: "tags",
  any_link: "link",
};

export function f(name: string, kind: string, en: string, zh: string, more: Partial<Field> = {}): Field {
  const shown = more.result ?? kind;
  return {
    name,
    kind,
    label: { en, "zh-CN": zh },
    help: null,
    required: false,
    read_only: kind === "formula" || kind === "rollup",
    unique: false,
    sortable: !["long_text", "tags", "links", "many_choices", "any_link"].includes(kind),
    operators: operators[family[shown] ?? shown] ?? [],
    access: "write",
    default: null,
    ...more,
  };
}

const option = (value: string, en: string, zh: string, color: string, closed = false) => ({
  value,
  label: { en, "zh-CN": zh },
  color,
  closed,
});
const l = (en: string, zh: string) => ({ en, "zh-CN": zh });
const owner = f("owner", "person", "Owner", "负责人", { target: "user" });

function object(
  name: string,
  plural: string,
  en: string,
  ens: string,
  zh: string,
  module: string,
  icon: string,
  fields: Field[],
  more: Partial<ObjectSchema> = {},
): ObjectSchema {
  return {
    name,
    plural,
    label: l(en, zh),
    plural_label: l(ens, zh),
    module,
    icon,
    title_field: fields[0]?.name ?? "name",
    subtitle_field: null,
    searchable: true,
    hidden: false,
    actions: ["read", "create", "update", "delete", "import", "export"],
    sections: [{ name: "main", label: l("Details", "基本信息"), fields: fields.map((one) => one.name) }],
    fields,
    views: [
      {
        name: "all",
        label: l("All", "全部"),
        kind: "list",
        columns: fields.slice(0, 6).map((one) => one.name),
        sort: ["-updated_at"],
        filter: null,
      },
    ],
    commands: [],
    related: [],
    ...more,
  };
}

const account = object(
  "account",
  "accounts",
  "Account",
  "Accounts",
  "客户",
  "customer",
  "building",
  [
    f("name", "text", "Name", "名称", { required: true }),
    f("industry", "choice", "Industry", "行业", {
      options: [
        option("retail", "Retail", "零售", "orange"),
        option("software", "Software", "软件", "blue"),
        option("manufacturing", "Manufacturing", "制造", "gray"),
        option("medical", "Medical", "医疗", "green"),
      ],
    }),
    f("phone", "phone", "Phone", "电话"),
    f("website", "url", "Website", "网站"),
    f("revenue", "money", "Annual revenue", "年营业额"),
    owner,
    f("employees", "number", "Employees", "员工数", { min: 0 }),
    f("tags", "tags", "Tags", "标签", { target: "tag" }),
    f("parent", "link", "Parent", "上级公司", { target: "account" }),
    f("roles", "many_choices", "Roles", "身份", {
      options: [
        option("customer", "Customer", "客户", "green"),
        option("supplier", "Supplier", "供应商", "blue"),
        option("partner", "Partner", "合作伙伴", "purple"),
      ],
    }),
    f("open_amount", "rollup", "Open opportunities", "在谈金额", { result: "money" }),
    f("last_contact_at", "rollup", "Last contact", "最近联系", { result: "instant" }),
    f("notes", "long_text", "Notes", "备注", {
      help: l("Shown to everyone who sees the account", "能看到该客户的人都能看到"),
    }),
  ],
  {
    subtitle_field: "industry",
    sections: [
      {
        name: "main",
        label: l("Details", "基本信息"),
        fields: ["name", "industry", "roles", "owner", "parent", "tags"],
      },
      { name: "reach", label: l("Contact details", "联系方式"), fields: ["phone", "website"] },
      {
        name: "figures",
        label: l("Figures", "数据"),
        fields: ["revenue", "employees", "open_amount", "last_contact_at", "notes"],
      },
    ],
    views: [
      {
        name: "all",
        label: l("All accounts", "全部客户"),
        kind: "list",
        columns: ["name", "industry", "owner", "phone", "open_amount", "last_contact_at", "tags"],
        sort: ["-updated_at"],
        filter: null,
      },
      {
        name: "mine",
        label: l("My accounts", "我的客户"),
        kind: "list",
        columns: ["name", "industry", "phone", "open_amount", "last_contact_at"],
        sort: ["name"],
        filter: { field: "owner", op: "eq", value: "me" },
      },
    ],
    related: [
      { object: "contact", field: "account", label: l("Contacts", "联系人") },
      { object: "opportunity", field: "account", label: l("Opportunities", "商机") },
      { object: "order", field: "account", label: l("Orders", "订单") },
    ],
  },
);

const contact = object(
  "contact",
  "contacts",
  "Contact",
  "Contacts",
  "联系人",
  "customer",
  "address-book",
  [
    f("name", "text", "Name", "姓名", { required: true }),
    f("account", "link", "Account", "客户", { target: "account" }),
    f("position", "text", "Position", "职位"),
    f("phone", "phone", "Phone", "手机"),
    f("email", "email", "E-mail", "邮箱"),
    f("birthday", "date", "Birthday", "生日"),
    f("decides", "yes_no", "Decides", "决策人", { default: false }),
    owner,
  ],
  { subtitle_field: "account" },
);

const stageLink = f("stage", "link", "Stage", "阶段", { target: "stage", required: true });
const opportunity = object(
  "opportunity",
  "opportunities",
  "Opportunity",
  "Opportunities",
  "商机",
  "sales",
  "target",
  [
    f("name", "text", "Name", "名称", { required: true }),
    f("account", "link", "Account", "客户", { target: "account", required: true }),
    stageLink,
    f("amount", "money", "Amount", "金额"),
    f("close_on", "date", "Close date", "预计成交日"),
    owner,
    f("probability", "percent", "Probability", "赢率"),
    f("weighted", "formula", "Weighted amount", "加权金额", { result: "money" }),
    f("lost_reason", "choice", "Lost reason", "输单原因", {
      options: [
        option("price", "Price", "价格", "red"),
        option("competitor", "Competitor", "竞争对手", "orange"),
        option("none", "No budget", "无预算", "gray"),
      ],
    }),
    f("in_stage", "duration", "Time in stage", "停留时长", { read_only: true }),
  ],
  {
    subtitle_field: "account",
    views: [
      {
        name: "board",
        label: l("Board", "看板"),
        kind: "board",
        columns: ["name", "account", "amount", "close_on", "owner"],
        sort: ["-amount"],
        filter: null,
        group: "stage",
        sum: "amount",
      },
      {
        name: "all",
        label: l("All", "全部商机"),
        kind: "list",
        columns: ["name", "account", "stage", "amount", "weighted", "close_on", "owner"],
        sort: ["-updated_at"],
        filter: null,
      },
    ],
    commands: [
      { name: "win", label: l("Won", "赢单"), tone: "positive", inputs: [], when: null },
      {
        name: "lose",
        label: l("Lost", "输单"),
        tone: "negative",
        inputs: [
          f("lost_reason", "choice", "Lost reason", "输单原因", {
            required: true,
            options: [
              option("price", "Price", "价格", "red"),
              option("competitor", "Competitor", "竞争对手", "orange"),
            ],
          }),
          f("note", "long_text", "Note", "说明"),
        ],
        when: null,
      },
      {
        name: "hand_over",
        label: l("Hand over", "移交"),
        tone: "neutral",
        inputs: [{ ...owner, required: true }],
        when: null,
      },
    ],
  },
);

const stage = object(
  "stage",
  "stages",
  "Stage",
  "Stages",
  "阶段",
  "sales",
  "stairs",
  [
    f("name", "text", "Name", "名称", { required: true }),
    f("outcome", "choice", "Outcome", "结果", {
      options: [
        option("open", "Open", "进行中", "blue"),
        option("won", "Won", "赢单", "green", true),
        option("lost", "Lost", "输单", "red", true),
      ],
    }),
    f("position", "number", "Position", "顺序"),
  ],
  {
    hidden: true,
    views: [
      {
        name: "all",
        label: l("All", "全部"),
        kind: "list",
        columns: ["name", "outcome"],
        sort: ["position"],
        filter: null,
      },
    ],
  },
);

const order = object(
  "order",
  "orders",
  "Order",
  "Orders",
  "订单",
  "sales",
  "receipt",
  [
    f("number", "text", "Number", "编号", { required: true, unique: true }),
    f("account", "link", "Account", "客户", { target: "account", required: true }),
    f("ordered_at", "instant", "Ordered", "下单时间"),
    f("status", "choice", "Status", "状态", {
      options: [
        option("draft", "Draft", "草稿", "gray"),
        option("confirmed", "Confirmed", "已确认", "blue"),
        option("completed", "Completed", "已完成", "green", true),
      ],
      default: "draft",
    }),
    f("total", "rollup", "Total", "合计", { result: "money" }),
  ],
  { related: [{ object: "order_line", field: "order", label: l("Lines", "明细") }] },
);

const line = object(
  "order_line",
  "order_lines",
  "Line",
  "Lines",
  "订单明细",
  "sales",
  "list",
  [
    f("product", "text", "Product", "产品", { required: true }),
    f("order", "link", "Order", "订单", { target: "order", required: true }),
    f("quantity", "decimal", "Quantity", "数量", { scale: 2 }),
    f("price", "money", "Price", "单价"),
  ],
  { hidden: true, searchable: false },
);

const activity = object("activity", "activities", "Activity", "Activities", "跟进", "work", "activity", [
  f("subject", "text", "Subject", "主题", { required: true }),
  f("kind", "choice", "Kind", "方式", {
    options: [
      option("call", "Call", "电话", "blue"),
      option("visit", "Visit", "拜访", "green"),
      option("note", "Note", "备注", "gray"),
    ],
    default: "call",
  }),
  f("about", "any_link", "About", "对象"),
  f("happened_at", "instant", "When", "时间"),
  f("body", "long_text", "What was said", "内容"),
]);
const task = object("task", "tasks", "Task", "Tasks", "任务", "work", "checklist", [
  f("subject", "text", "Subject", "主题", { required: true }),
  f("about", "any_link", "About", "对象"),
  f("due_on", "date", "Due", "截止"),
  f("done", "yes_no", "Done", "已完成", { default: false }),
  owner,
]);
const user = object("user", "users", "User", "Users", "用户", "organisation", "user", [
  f("name", "text", "Name", "姓名", { required: true }),
  f("email", "email", "E-mail", "邮箱"),
]);
const tag = object(
  "tag",
  "tags",
  "Tag",
  "Tags",
  "标签",
  "customer",
  "tag",
  [f("name", "text", "Name", "名称", { required: true })],
  { hidden: true },
);

export const schema: Schema = {
  version: "mock",
  workspace: { name: "云帆科技", locale: "zh-CN", currency: "CNY", time_zone: "Asia/Shanghai" },
  modules: [
    { name: "customer", label: l("Customers", "客户") },
    { name: "sales", label: l("Sales", "销售") },
    { name: "work", label: l("Work", "工作") },
    { name: "organisation", label: l("Organisation", "组织") },
  ],
  objects: [account, contact, opportunity, stage, order, line, activity, task, user, tag],
};
