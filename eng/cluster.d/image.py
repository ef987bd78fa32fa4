#!/usr/bin/env python3
"""image.py NAME OUT.tar ROOTFS(dir or .tar)... [--entrypoint JSON] [--cmd JSON] [--user U] [--env K=V]... [--label K=V]... [--workdir D]
Writes an OCI image, each ROOTFS a layer, as a tar that `ctr -n k8s.io images import OUT.tar` takes. No registry, no root."""
import argparse
import gzip
import hashlib
import io
import json
import os
import tarfile

parser = argparse.ArgumentParser(usage=__doc__)
parser.add_argument('name')
parser.add_argument('out')
parser.add_argument('rootfs', nargs='+')
parser.add_argument('--entrypoint', type=json.loads)
parser.add_argument('--cmd', type=json.loads)
parser.add_argument('--user', default='')
parser.add_argument('--env', action='append', default=[])
parser.add_argument('--label', action='append', default=[])
parser.add_argument('--workdir', default='/')
args = parser.parse_intermixed_args()
blobs = {}


def layer_bytes(rootfs):
    if not os.path.isdir(rootfs):
        with open(rootfs, 'rb') as file:
            return file.read()
    own_root = os.stat(rootfs).st_uid != 0

    def anonymous(entry):
        """The same bytes whoever builds it, and whenever."""
        entry.mtime, entry.uname, entry.gname = 0, '', ''
        if own_root:
            entry.uid = entry.gid = 0
        return entry

    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode='w', format=tarfile.GNU_FORMAT) as tar:
        for name in sorted(os.listdir(rootfs)):
            tar.add(os.path.join(rootfs, name), name, filter=anonymous)
    return buffer.getvalue()


def blob(data, kind):
    digest = hashlib.sha256(data).hexdigest()
    blobs[digest] = data
    return {'mediaType': f'application/vnd.oci.image.{kind}', 'digest': 'sha256:' + digest, 'size': len(data)}


layers = [layer_bytes(rootfs) for rootfs in args.rootfs]
diffs = ['sha256:' + hashlib.sha256(layer).hexdigest() for layer in layers]
config = {'Env': ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] + args.env, 'WorkingDir': args.workdir}
config.update({key: value for key, value in (('Entrypoint', args.entrypoint), ('Cmd', args.cmd), ('User', args.user),
                                                   ('Labels', dict(label.split('=', 1) for label in args.label))) if value})
epoch = '1970-01-01T00:00:00Z'
image = {'architecture': 'amd64', 'os': 'linux', 'created': epoch, 'config': config, 'rootfs': {'type': 'layers', 'diff_ids': diffs},
         'history': [{'created': epoch, 'created_by': 'eng/cluster image'} for _ in layers]}
layer_refs = [blob(gzip.compress(layer, 1, mtime=0), 'layer.v1.tar+gzip') for layer in layers]
config_ref = blob(json.dumps(image, sort_keys=True).encode(), 'config.v1+json')
manifest = {'schemaVersion': 2, 'mediaType': 'application/vnd.oci.image.manifest.v1+json', 'config': config_ref, 'layers': layer_refs}
manifest_ref = blob(json.dumps(manifest, sort_keys=True).encode(), 'manifest.v1+json')
manifest_ref['annotations'] = {'io.containerd.image.name': args.name, 'org.opencontainers.image.ref.name': args.name.rsplit(':', 1)[-1]}
manifest_ref['platform'] = {'architecture': 'amd64', 'os': 'linux'}
files = {'oci-layout': b'{"imageLayoutVersion":"1.0.0"}', 'index.json': json.dumps({'schemaVersion': 2, 'manifests': [manifest_ref]}).encode()}
files.update({'blobs/sha256/' + digest: data for digest, data in blobs.items()})
with tarfile.open(args.out, 'w', format=tarfile.GNU_FORMAT) as tar:
    for name, data in files.items():
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(data), 0o644
        tar.addfile(entry, io.BytesIO(data))
print(args.name, manifest_ref['digest'], sum(ref['size'] for ref in layer_refs))
