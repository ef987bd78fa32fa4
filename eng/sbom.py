#!/usr/bin/env python3
"""sbom.py PROGRAM VERSION ROOT LIBRARIES
Writes CycloneDX 1.5 JSON of what an image holds: the packages that the published PROGRAM (path without .dll) was put together from, the
.NET frameworks under ROOT/usr/share/dotnet/shared, and the Debian packages of the files that LIBRARIES lists. No time, no serial number:
the same bytes for the same parts."""
import base64
import json
import os
import subprocess
import sys

program, version, root, libraries = sys.argv[1:]


def component(kind, name, number, purl, **more):
    return {'type': kind, 'bom-ref': purl, 'name': name, 'version': number, 'purl': purl, **more}


def packages():
    with open(program + '.deps.json', encoding='utf-8') as file:
        listed = json.load(file)['libraries']
    for key, entry in sorted(listed.items()):
        name, number = key.split('/')
        if entry['type'] == 'package':
            digest = base64.b64decode(entry['sha512'].removeprefix('sha512-')).hex()
            yield component('library', name, number, f'pkg:nuget/{name}@{number}', hashes=[{'alg': 'SHA-512', 'content': digest}])


def frameworks():
    shared = os.path.join(root, 'usr/share/dotnet/shared')
    for name in sorted(os.listdir(shared)):
        for number in sorted(os.listdir(os.path.join(shared, name))):
            yield component('framework', name, number, f'pkg:generic/{name}@{number}')


def debian():
    def owner(path):
        for candidate in (path, '/usr' + path):
            found = subprocess.run(['dpkg', '-S', candidate], capture_output=True, text=True, check=False)
            if found.returncode == 0:
                return found.stdout.split(':')[0]
        raise SystemExit(f'{path} belongs to no Debian package')

    with open(libraries, encoding='utf-8') as file:
        names = {owner(line.strip()) for line in file} | {'ca-certificates'}
    asked = subprocess.run(['dpkg-query', '-W', '-f', '${Package} ${Version}\n', *names], capture_output=True, text=True, check=True)
    for line in sorted(set(asked.stdout.splitlines())):
        name, number = line.split()
        yield component('library', name, number, f'pkg:deb/debian/{name}@{number}')


name = os.path.basename(program)
json.dump({
    'bomFormat': 'CycloneDX', 'specVersion': '1.5', 'version': 1,
    'metadata': {'component': component('application', name, version, f'pkg:generic/{name}@{version}', licenses=[{'license': {'id': 'Apache-2.0'}}])},
    'components': [*packages(), *frameworks(), *debian()],
}, sys.stdout, indent=1)
print()
