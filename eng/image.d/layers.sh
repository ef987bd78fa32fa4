# What the images are made of. Sourced by eng/image.
APP_UID=1654   # the user `app` of the official .NET images
ENVIRONMENT=(DOTNET_EnableDiagnostics=0 DOTNET_NOLOGO=1 MALLOC_ARENA_MAX=2 SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt)
SOURCES=(src eng/BannedSymbols.txt .editorconfig eng/image eng/image.d eng/sbom.cs eng/cluster.d/image.py Dockerfile .dockerignore Directory.Build.props Directory.Packages.props global.json)
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$ROOT/Directory.Build.props")
# The commit that last touched what the image is made of, so that other commits give the same bytes.
revision=$(git -C "$ROOT" log -1 --format=%H -- "${SOURCES[@]}" 2> /dev/null || echo unknown)
[ -z "$(git -C "$ROOT" status --porcelain -- "${SOURCES[@]}" 2> /dev/null)" ] || revision+=-dirty

# Whether a source, the machine's .NET or its OpenSSL is newer than the image.
changed() {
  [ -f "$built" ] && [ -f "$built.stamp" ] || return 0
  [ -n "$(cd "$ROOT" && find -L "${SOURCES[@]}" "$(dotnet_root)/shared" /lib/x86_64-linux-gnu/lib{c.so.6,ssl.so.3} -newer "$built.stamp" -type f \
    -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]
}
dotnet_root() { dirname "$(readlink -f "$(command -v dotnet)")"; }

# The published program at /app. No path of this machine gets into it, and no culture: the compiler sorts generated sources by it.
program_layer() { # project folder
  rm -rf "$2"
  DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 dotnet publish "$ROOT/src/$1" -c Release --artifacts-path "$work/compiled" -o "$2/app" -v quiet -p:RestoreLockedMode=true -p:DebugType=none -p:RunAnalyzers=false \
    -p:PathMap="$ROOT=/build" -p:SourceRevisionId="$revision" -p:UseSharedCompilation=false > "$work/$name.log" 2>&1 || { cat "$work/$name.log" >&2; die "The build failed."; }
  chmod -R u=rwX,go=rX "$2"
}

# What the program in the first folder needs, in the second one.
runtime_layer() {
  local frameworks
  mapfile -t frameworks < <(python3 -c 'import json, sys; o = json.load(open(sys.argv[1]))["runtimeOptions"]
for f in o.get("frameworks") or [o["framework"]]: print(f["name"])' "$1/app/$program.runtimeconfig.json")
  runtime_root "$2" "${frameworks[@]}"
}

# The newest frameworks of these names, glibc and OpenSSL from this machine, Mozilla's roots (not this machine's own), and the user.
runtime_root() { # folder framework...
  local root=$1 net fw; net=$(dotnet_root); shift
  rm -rf "$root"; mkdir -p "$root"/{etc/ssl/certs,usr/lib/ssl,lib64,tmp,home/app,usr/share/dotnet/host} "$root/lib/x86_64-linux-gnu"
  cp -r "$net/host/fxr" "$root/usr/share/dotnet/host/"
  for fw in "$@"; do
    mkdir -p "$root/usr/share/dotnet/shared/$fw"
    cp -r "$(ls -d "$net/shared/$fw/"10.* | sort -V | tail -1)" "$root/usr/share/dotnet/shared/$fw/"
  done
  # debuggers and tracers, which a read-only container without diagnostics never loads
  find "$root" \( -name libmscordbi.so -o -name libmscordaccore.so -o -name libcoreclrtraceptprovider.so -o -name createdump \) -delete
  libraries "$root" > "$root.libraries"
  xargs -n1 cp -L -t "$root/lib/x86_64-linux-gnu" < "$root.libraries"
  cp -L /lib64/ld-linux-x86-64.so.2 "$root/lib64/"
  cat $(find /usr/share/ca-certificates/mozilla -name '*.crt' | LC_ALL=C sort) > "$root/etc/ssl/certs/ca-certificates.crt"
  cp /etc/ssl/openssl.cnf "$root/etc/ssl/"
  ln -s /etc/ssl/openssl.cnf "$root/usr/lib/ssl/openssl.cnf"; ln -s /etc/ssl/certs "$root/usr/lib/ssl/certs"
  printf 'root:x:0:0:root:/root:/sbin/nologin\napp:x:%s:%s::/home/app:/sbin/nologin\n' $APP_UID $APP_UID > "$root/etc/passwd"
  printf 'root:x:0:\napp:x:%s:\n' $APP_UID > "$root/etc/group"
  echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
  chmod -R u=rwX,go=rX "$root"; chmod 1777 "$root/tmp"
}

# The native libraries that .NET in the folder loads. No program names OpenSSL: it is opened at run time.
libraries() {
  local ssl; ssl=$(ls /lib/x86_64-linux-gnu/lib{ssl,crypto}.so.3)
  { echo "$ssl"; find "$1" -name '*.so' | xargs ldd $ssl | sed -n 's/.*=> \(\/lib[^ ]*\) (.*/\1/p'; } | LC_ALL=C sort -u
}
