# The image as the Dockerfile says, built by Debian's buildah. Its base images are made of this machine's .NET and BusyBox, since no
# registry may be at hand; packages come from this machine's NuGet folder, so that nothing is fetched. Sourced by eng/image.
b() { buildah --root "$work/storage" --runroot "$work/storage-run" "$@"; }

write_image() {
  need_package buildah buildah netavark
  trap 'rm -f "$now"; unmounted' EXIT
  [ -x /bin/busybox ] || need_package busybox busybox-static
  dotnet restore "$ROOT/src/$project" --locked-mode -v quiet >&2
  local base; base=$([ "$name" = worker ] && echo runtime || echo aspnet)
  base_image runtime; base_image aspnet; base_image sdk
  b bud --quiet --isolation chroot --network host --timestamp 0 --target "$name" -t "$image" --volume "${NUGET_PACKAGES:-$HOME/.nuget/packages}:/packages:O" \
    --build-arg SDK_IMAGE=localhost/dotnet-sdk:dev --build-arg WORKER_BASE=localhost/dotnet-runtime:dev --build-arg OPERATOR_BASE=localhost/dotnet-aspnet:dev \
    --build-arg VERSION="$version" --build-arg REVISION="$revision" -f "$ROOT/Dockerfile" "$ROOT" > "$built.log" 2>&1 || { cat "$built.log" >&2; die "The build failed."; }
  rm -f "$built"; b push --quiet "$image" "oci-archive:$built:$image" >&2
  local c; c=$(b from "$image"); cp "$(b mount "$c")/app/sbom.cdx.json" "${built%.tar}.cdx.json"; b rm "$c" > /dev/null
}

# What buildah leaves mounted would keep this folder from being deleted.
unmounted() { findmnt -rno TARGET | grep -F "$work/storage/" | sort -r | while read -r at; do umount "$at"; done || :; }

# runtime, aspnet: what runs a program. sdk: what builds one, with a shell.
base_image() {
  local root=$work/base-$1 frameworks=(Microsoft.NETCore.App) c
  ! b inspect --type image "localhost/dotnet-$1:dev" > /dev/null 2>&1 || [ "$(dotnet_root)/shared" -nt "$root" ] || return 0
  say "Making the base image dotnet-$1 ..."
  [ "$1" = runtime ] || frameworks+=(Microsoft.AspNetCore.App)
  runtime_root "$root" "${frameworks[@]}"
  if [ "$1" = sdk ]; then
    cp -r "$(dotnet_root)"/{dotnet,sdk,sdk-manifests,packs,host} "$root/usr/share/dotnet/"
    mkdir -p "$root"/{usr/bin,var/tmp,root}; ln -s usr/bin "$root/bin"
    for c in $(/bin/busybox --list); do ln -s busybox "$root/usr/bin/$c"; done; install -m755 /bin/busybox "$root/usr/bin/.b"; mv "$root/usr/bin/.b" "$root/usr/bin/busybox"
    ln -s /usr/share/dotnet/dotnet "$root/usr/bin/dotnet"
  fi
  c=$(b from scratch); b config --env DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 --env PATH=/usr/bin:/bin "$c"; b copy --quiet "$c" "$root" / > /dev/null; b commit --quiet "$c" "localhost/dotnet-$1:dev" > /dev/null; b rm "$c" > /dev/null
}
