-- The tables of examples/orders-report.yaml, with a few orders.
create table orders (id bigint generated always as identity primary key, region text not null, amount bigint not null, ordered_on date not null);
create table region_totals (year int not null, region text not null, total bigint not null, orders int not null, primary key (year, region));
insert into orders (region, amount, ordered_on) values
  ('north', 120, '2026-01-14'), ('south', 80, '2026-02-02'), ('north', 45, '2026-03-20'), ('south', 300, '2026-05-05'), ('north', 10, '2025-12-31');
