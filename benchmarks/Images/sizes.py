"""sizes.py IMAGE.tar...: rows of a markdown table with the size of each OCI image and of its layers."""
import gzip
import io
import json
import os
import sys
import tarfile


def megabytes(count):
    return f"{count / 1e6:.1f} MB"


print("| image | tar | layers, compressed (unpacked), from the bottom | files |\n|---|---|---|---|")
for path in sys.argv[1:]:
    with tarfile.open(path) as image:
        def blob(descriptor):
            return image.extractfile("blobs/" + descriptor["digest"].replace(":", "/")).read()

        manifest = json.loads(blob(json.load(image.extractfile("index.json"))["manifests"][0]))
        layers, files = [], 0
        for layer in manifest["layers"]:
            unpacked = gzip.decompress(blob(layer))
            layers.append(f"{megabytes(layer['size'])} ({megabytes(len(unpacked))})")
            with tarfile.open(fileobj=io.BytesIO(unpacked)) as content:
                files += sum(entry.isfile() for entry in content)
    print(f"| {os.path.basename(path)} | {megabytes(os.path.getsize(path))} | {', '.join(layers)} | {files} |")
