'use strict';
// The status page: my runs, the graph of one, its resources and events. Everything that a server or a document says is put in as text,
// never as markup.

const $ = id => document.getElementById(id);
const make = (name, text, props) => Object.assign(document.createElement(name), { textContent: text ?? '' }, props);
const api = {
  token: sessionStorage.getItem('token'),
  async call(path, options = {}) {
    const answer = await fetch(path, { ...options, headers: { ...options.headers, authorization: `Bearer ${this.token}` } });
    if (answer.status === 401) { leave('The token is not valid, or no longer.'); throw new Error('401'); }
    return answer;
  },
  async json(path, options) {
    const answer = await this.call(path, options);
    const body = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(body.detail ?? body.title), { faults: body.faults ?? [] });
    return body;
  },
};
const view = { runs: [], next: null, chosen: null, stream: null, socket: null, roles: [] };
const clock = text => text ? new Date(text).toLocaleTimeString(undefined, { hour12: false }) : '–';
const span = (from, to) => {
  const s = (new Date(to ?? Date.now()) - new Date(from)) / 1000;
  return s < 60 ? `${s.toFixed(1)} s` : s < 3600 ? `${Math.floor(s / 60)} min ${Math.floor(s % 60)} s` : `${(s / 3600).toFixed(1)} h`;
};

// --- signing in and out -------------------------------------------------------------------------------------------------------

async function enter() {
  if (!api.token) return leave('');
  const me = await api.json('v1/me').catch(error => { if (api.token) leave(error.message); });
  if (!me) return;
  view.roles = me.roles;
  $('who').textContent = `${me.user_id} · ${me.tenant_id}`;
  show(true);
  await refresh();
  listen();
  const wanted = location.hash.slice(1);
  const first = view.runs.find(run => run.id === wanted) ?? view.runs[0];
  if (first) choose(first.id);
}

function leave(fault) {
  sessionStorage.removeItem('token');
  api.token = null;
  view.stream?.abort();
  const socket = view.socket;
  view.socket = null;
  socket?.close();
  $('who').textContent = '';
  $('signin-fault').textContent = fault;
  show(false);
  $('token').focus();
}

function show(inside) {
  $('signin').hidden = inside;
  $('board').hidden = $('leave').hidden = !inside;
  $('start').hidden = !inside || !view.roles.includes('runner');
  $('live').textContent = '';
}

// --- the list of runs ---------------------------------------------------------------------------------------------------------

async function refresh(more = false) {
  const query = new URLSearchParams({ limit: 30, phase: $('phase').value });
  if (more) query.set('continue', view.next);
  const page = await api.json(`v1/executions?${query}`);
  view.runs = more ? [...view.runs, ...page.items] : page.items;
  view.next = page.continue;
  $('more').hidden = !view.next;
  $('no-runs').hidden = view.runs.length > 0;
  const focused = document.activeElement?.dataset?.id;
  $('runs').replaceChildren(...view.runs.map(line));
  if (focused) $('runs').querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  const current = view.runs.find(run => run.id === view.chosen);
  if (current) head(current);
}

function line(run) {
  const button = make('button', '', { type: 'button', onclick: () => choose(run.id).then(() => $('details').focus()) });
  button.dataset.id = run.id;
  button.setAttribute('aria-current', run.id === view.chosen);
  const badge = make('span', run.queue ? `Queued, ${run.queue.position} of ${run.queue.length}` : run.phase, { className: 'badge' });
  badge.dataset.phase = run.phase;
  const took = run.finished_at || run.phase === 'Running' ? span(run.started_at ?? run.created_at, run.finished_at) : run.phase === 'Queued' ? 'not started' : 'stopped';
  const when = `${clock(run.created_at)} · ${took} · ${run.nodes.done} node${run.nodes.done === 1 ? '' : 's'} done`;
  button.append(make('span', run.name, { className: 'title' }), badge, make('span', when, { className: 'when' }));
  const item = make('li');
  item.append(button);
  return item;
}

let waiting = null;
const refreshSoon = () => { waiting ??= setTimeout(() => { waiting = null; refresh().catch(() => {}); }, 250); };

// --- one run ------------------------------------------------------------------------------------------------------------------

async function choose(id) {
  view.chosen = id;
  location.hash = id;
  view.stream?.abort();
  const stream = view.stream = new AbortController();
  $('details').hidden = false;
  $('nothing').hidden = true;
  $('events').replaceChildren();
  const resources = new Map();
  drawResources(resources);
  await reload(id);
  const graph = new Graph($('graph'), await api.json(`v1/executions/${id}/graph`));
  if (view.stream !== stream) return;
  let count = 0;
  follow(id, stream.signal, event => {
    count++;
    $('count').textContent = `${count} events`;
    graph.take(event);
    if (event.type === 'resource') { takeResource(resources, event); drawResources(resources); }
    addEvent(event);
  }).then(() => { if (view.stream === stream) { graph.settle(); reload(id); refreshSoon(); } }).catch(() => {});
}

async function reload(id) {
  const run = await api.json(`v1/executions/${id}`);
  if (id !== view.chosen) return;
  head(run);
  $('outcome').hidden = !run.result?.state;
  $('state').textContent = run.result?.state ? JSON.stringify(run.result.state, null, 2) : '';
}

function head(run) {
  $('name').textContent = run.name;
  $('badge').textContent = run.phase;
  $('badge').dataset.phase = run.phase;
  $('reason').textContent = run.phase === 'Succeeded' || !run.reason ? '' : `${run.reason}${run.message ? `: ${run.message}` : ''}`;
  const runner = view.roles.includes('runner');
  $('cancel').hidden = !runner || !['Queued', 'Running', 'Suspended'].includes(run.phase);
  $('suspend').hidden = !runner || !['Queued', 'Running'].includes(run.phase);
  $('resume').hidden = !runner || run.phase !== 'Suspended';
  const facts = {
    Execution: run.id, Attempt: run.attempt, Submitted: clock(run.created_at), Started: clock(run.started_at), Ended: clock(run.finished_at),
    Took: run.started_at && run.finished_at ? span(run.started_at, run.finished_at) : '–',
    Nodes: `${run.nodes.done} done, ${run.nodes.running} running, ${run.nodes.failed} failed, ${run.nodes.total} in the document`,
    ...(run.queue ? { Line: `${run.queue.position} of ${run.queue.length}` } : {}),
  };
  $('facts').replaceChildren(...Object.entries(facts).map(([name, value]) => {
    const pair = make('div');
    pair.append(make('dt', name), make('dd', value));
    return pair;
  }));
}

async function follow(id, signal, take) {
  const answer = await api.call(`v1/executions/${id}/events?follow=true`, { signal });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    lines.forEach(text => take(JSON.parse(text)));
  }
}

const MAX_ROWS = 500;
function addEvent(event) {
  const list = $('events');
  const atEnd = list.scrollTop + list.clientHeight > list.scrollHeight - 40;
  const where = [event.branch, event.node].filter((part, i, all) => part && all.indexOf(part) === i).join(' / ');
  const said = event.message?.replace(/^\[exec_[^\]]*\] ([^ :]+: )?/, '');
  const text = said ?? event.error ?? event.workflow ?? event.tool ?? event.phase ?? '';
  const row = make('li', '', { className: event.type === 'node_error' || event.success === false || event.phase === 'Failed' ? 'bad' : '' });
  row.append(
    make('span', new Date(event.timestamp).toISOString().slice(11, 23), { className: 'time' }), make('span', event.event ?? event.type),
    make('span', [where, text].filter(Boolean).join(': '), { className: 'text' }));
  list.append(row);
  while (list.childElementCount > MAX_ROWS) list.firstElementChild.remove();
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function takeResource(resources, event) {
  if (!event.resource_handle) return;
  const known = resources.get(event.resource_handle) ?? { key: `${event.resource_type}:${event.resource_id}`, uses: 0, state: '' };
  if (event.event === 'RESOURCE_ALLOCATED') { known.uses++; known.state = event.success ? 'Open' : 'Failed'; }
  if (event.event === 'RESOURCE_REUSED') known.uses++;
  if (event.event === 'RESOURCE_DISPOSED') known.state = event.success ? 'Released' : 'Not proven';
  resources.set(event.resource_handle, known);
}

function drawResources(resources) {
  $('no-resources').hidden = resources.size > 0;
  $('resources').hidden = resources.size === 0;
  $('resources').tBodies[0].replaceChildren(...[...resources].map(([handle, resource]) => {
    const row = make('tr');
    const badge = make('span', resource.state, { className: 'badge' });
    badge.dataset.phase = { Open: 'Running', Released: 'Succeeded' }[resource.state] ?? 'Failed';
    const state = make('td');
    state.append(badge);
    row.append(make('td', resource.key), make('td', handle), make('td', resource.uses), state);
    return row;
  }));
}

// --- the live feed: all of my runs ----------------------------------------------------------------------------------------------

function listen(last) {
  const address = new URL('v1/events', location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  address.hash = '';
  if (last) address.searchParams.set('last_event_id', last);
  const socket = view.socket = new WebSocket(address, ['bulkhead.v1', `bulkhead.bearer.${api.token}`]);
  socket.onopen = () => { $('live').textContent = 'live'; $('live').dataset.on = true; };
  socket.onmessage = message => {
    const event = JSON.parse(message.data);
    last = event.id ?? last;
    if (!['hello', 'heartbeat'].includes(event.type)) refreshSoon();
  };
  socket.onclose = () => {
    if (view.socket !== socket) return;
    $('live').textContent = 'connecting';
    $('live').dataset.on = false;
    setTimeout(() => { if (view.socket === socket) listen(last); }, 2000);
  };
}

// --- the graph: layers from top to bottom, coloured by what the events say --------------------------------------------------------

const svg = (name, attributes, text) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  if (text !== undefined) element.textContent = text;
  return element;
};

class Graph {
  static MAX_BOXES = 400;

  constructor(place, drawing) {
    this.states = new Map(drawing.boxes.map(box => [box.name ?? box.label, { visits: 0, running: 0, failed: false }]));
    this.groups = new Map();
    if (drawing.boxes.length > Graph.MAX_BOXES) {
      place.replaceChildren(make('p', `A graph of ${drawing.boxes.length} nodes is not drawn.`, { className: 'quiet' }));
      return;
    }
    const boxes = Graph.arrange(drawing);
    const width = Math.max(...boxes.map(b => b.x + b.width), 120) + 20;
    const height = Math.max(...boxes.map(b => b.y + b.height), 40) + 20;
    const picture = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' });
    picture.append(svg('title', {}, `${drawing.boxes.length} nodes`));
    const head = svg('marker', { id: 'head', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto' });
    head.append(svg('path', { d: 'M0 0 L8 4 L0 8 z', class: 'head' }));
    picture.append(head);
    const byId = new Map(boxes.map(b => [b.id, b]));
    for (const [id, label] of Object.entries(drawing.frames ?? {})) Graph.frame(picture, boxes.filter(b => b.frame === id), label);
    for (const arrow of drawing.arrows) Graph.arrow(picture, byId.get(arrow.from), byId.get(arrow.to), arrow);
    for (const box of boxes) this.box(picture, box);
    place.replaceChildren(picture);
  }

  // Layers by longest path without the arrows that lead back, then each layer sorted by where its neighbours are.
  static arrange({ boxes, arrows }) {
    const out = new Map(boxes.map(b => [b.id, arrows.filter(a => a.from === b.id).map(a => a.to)]));
    const layer = new Map();
    const open = new Set();
    const order = [];
    const visit = id => {
      if (layer.has(id)) return;
      layer.set(id, 0);
      open.add(id);
      out.get(id).filter(to => !open.has(to)).reverse().forEach(visit); // The first comes out first.
      open.delete(id);
      order.unshift(id);
    };
    const targets = new Set(arrows.map(a => a.to));
    [...boxes, ...boxes.filter(b => !targets.has(b.id))].reverse().forEach(b => visit(b.id));
    const place = new Map(order.map((id, i) => [id, i]));
    for (const id of order) for (const to of out.get(id)) if (place.get(to) > place.get(id)) layer.set(to, Math.max(layer.get(to), layer.get(id) + 1));
    const rows = [];
    order.forEach(id => (rows[layer.get(id)] ??= []).push({ ...boxes.find(b => b.id === id), height: 46 }));
    const placed = rows.flat();
    placed.forEach(b => { b.width = Math.min(230, Math.max(96, b.label.length * 7.6 + 30)); });
    for (let sweep = 0; sweep < 5; sweep++) {
      rows.forEach((row, depth) => {
        if (sweep > 0) row.sort((a, b) => a.pull - b.pull);
        let x = 0;
        row.forEach(b => { b.x = x; b.y = 14 + depth * 90; x += b.width + 34; });
        row.forEach(b => { b.x -= (x - 34) / 2; });
      });
      const middle = new Map(placed.map(b => [b.id, b.x + b.width / 2]));
      placed.forEach(b => {
        const near = arrows.filter(a => a.to === b.id || a.from === b.id).map(a => middle.get(a.to === b.id ? a.from : a.to));
        b.pull = near.length ? near.reduce((sum, x) => sum + x, 0) / near.length : middle.get(b.id);
      });
    }
    const left = Math.min(...placed.map(b => b.x));
    placed.forEach(b => { b.x += 20 - left; });
    return placed;
  }

  static frame(picture, inside, label) {
    if (!inside.length) return;
    const x = Math.min(...inside.map(b => b.x)) - 10, y = Math.min(...inside.map(b => b.y)) - 18;
    const right = Math.max(...inside.map(b => b.x + b.width)) + 10, bottom = Math.max(...inside.map(b => b.y + b.height)) + 10;
    picture.append(svg('rect', { x, y, width: right - x, height: bottom - y, rx: 8, class: 'frame' }));
    picture.append(svg('text', { x: (x + right) / 2, y: y + 11, class: 'label' }, label.slice(0, 60)));
  }

  static arrow(picture, from, to, { kind, label }) {
    const back = to.y <= from.y;
    const x1 = from.x + from.width / 2, y1 = from.y + (back ? from.height / 2 : from.height);
    const x2 = to.x + to.width / 2, y2 = back ? to.y + to.height / 2 : to.y - 2;
    const side = Math.max(from.x + from.width, to.x + to.width) + 40;
    const path = back
      ? `M${from.x + from.width} ${y1} C${side} ${y1} ${side} ${y2} ${to.x + to.width + 2} ${y2}`
      : `M${x1} ${y1} C${x1} ${y1 + 26} ${x2} ${y2 - 26} ${x2} ${y2}`;
    picture.append(svg('path', { d: path, class: `arrow ${kind.toLowerCase()}`, 'marker-end': 'url(#head)' }));
    if (label) picture.append(svg('text', { x: (x1 + x2) / 2 + 6, y: (y1 + y2) / 2, class: 'label' }, label.slice(0, 40)));
  }

  box(picture, box) {
    const group = svg('g', { class: `box ${box.kind.toLowerCase()}`, transform: `translate(${box.x} ${box.y})` });
    const label = box.label.length > 28 ? `${box.label.slice(0, 27)}…` : box.label;
    group.append(
      svg('title', {}, box.label), svg('rect', { width: box.width, height: box.height, rx: box.kind === 'Terminal' ? 23 : 8 }),
      svg('text', { x: box.width / 2, y: box.height / 2 - (box.kind === 'Terminal' ? 0 : 8) }, label),
      svg('text', { x: box.width / 2, y: box.height / 2 + 11, class: 'mark' }, box.kind === 'Terminal' ? '' : 'waiting'));
    picture.append(group);
    this.groups.set(box.name ?? box.label, group);
  }

  take({ type, node }) {
    if (type === 'worker_started') for (const name of this.states.keys()) this.set(name, { visits: 0, running: 0, failed: false });
    const state = this.states.get(node);
    if (!state) return;
    if (type === 'node_start') { state.visits++; state.running++; state.failed = false; }
    if (type === 'node_complete') state.running--;
    if (type === 'node_error') { state.running--; state.failed = true; }
    this.set(node, state);
  }

  // The run has ended: what had no end of its own was cut off.
  settle() {
    for (const [name, state] of this.states) if (state.running > 0) this.set(name, { ...state, running: 0, failed: true });
  }

  set(name, state) {
    this.states.set(name, state);
    const group = this.groups.get(name);
    if (!group || group.classList.contains('terminal')) return;
    const now = state.running > 0 ? 'running' : state.failed ? 'failed' : state.visits > 0 ? 'succeeded' : 'waiting';
    ['running', 'failed', 'succeeded', 'waiting'].forEach(name => group.classList.toggle(name, name === now));
    const mark = { running: '● running', failed: '✕ failed', succeeded: '✓ done', waiting: 'waiting' }[now];
    group.querySelector('.mark').textContent = state.visits > 1 ? `${mark}, ${state.visits}×` : mark;
    group.querySelector('title').textContent = `${name}: ${now}`;
  }
}

// --- what the buttons do ----------------------------------------------------------------------------------------------------------

const act = (path, options) => api.json(path, options).then(head).then(refreshSoon).catch(error => { $('reason').textContent = error.message; });
$('cancel').onclick = () => act(`v1/executions/${view.chosen}`, { method: 'DELETE' });
$('suspend').onclick = () => act(`v1/executions/${view.chosen}/suspend`, { method: 'POST' });
$('resume').onclick = () => act(`v1/executions/${view.chosen}/resume`, { method: 'POST' });
$('phase').onchange = () => refresh();
$('more').onclick = () => refresh(true);
$('leave').onclick = () => leave('');
$('start').onclick = () => { $('faults').replaceChildren(); $('dialog').showModal(); };
$('close').onclick = () => $('dialog').close();
$('submit').onsubmit = async event => {
  event.preventDefault();
  try {
    const run = await api.json('v1/executions', { method: 'POST', body: $('text').value });
    $('dialog').close();
    await refresh();
    await choose(run.id);
  } catch (error) {
    const faults = error.faults?.length ? error.faults : [{ message: error.message }];
    $('faults').replaceChildren(...faults.map(f => make('li', [f.line && `line ${f.line}`, f.path, f.message].filter(Boolean).join(': '))));
  }
};
$('signin-form').onsubmit = event => {
  event.preventDefault();
  api.token = $('token').value.trim();
  sessionStorage.setItem('token', api.token);
  $('token').value = '';
  enter();
};
enter();
