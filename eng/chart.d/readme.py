#!/usr/bin/env python3
"""readme.py CHART: the chart's README, from Chart.yaml, values.yaml (a `# --` comment describes the key below it) and README.head.md."""
import os
import re
import sys

folder = sys.argv[1]


def text(name):
    with open(os.path.join(folder, name), encoding='utf-8') as file:
        return file.read()


def rows():
    path, described, lines = [], None, text('values.yaml').split('\n')
    for number, line in enumerate(lines):
        comment = re.match(r'\s*# -- (.*)', line)
        if comment:
            described = comment[1]
            continue
        key = re.match(r'( *)([\w-]+):\s*(.*)', line)
        if not key or (path and len(key[1]) // 2 > len(path)):
            continue
        depth = len(key[1]) // 2
        path = path[:depth] + [key[2]]
        if described is None:
            continue
        yield '.'.join(path), key[3] or block(lines[number + 1:], len(key[1])), described
        described = None


def block(lines, indent):
    """The value below a key, in one line."""
    parts = []
    for line in lines:
        if not line.strip() or len(line) - len(line.lstrip()) <= indent:
            break
        parts.append(line.strip())
    return '{' + ', '.join(parts) + '}'


def cell(value):
    return value.replace('|', '\\|')


about = dict(re.findall(r'^(\w+): (.*)$', text('Chart.yaml'), re.M))
print(text('README.head.md').replace('VERSION', about['version']).replace('KUBE', about['kubeVersion'].strip('"').removesuffix('-0')).rstrip())
print('\n## Values\n\nWritten by `eng/chart sync` from `values.yaml`. `values.schema.json` refuses what is not in this table.\n')
print('| value | default | what it does |\n|---|---|---|')
for key, value, what in rows():
    print(f'| `{key}` | `{cell(value)}` | {cell(what)} |')
