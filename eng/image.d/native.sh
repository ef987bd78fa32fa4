# The image from two layers, written by eng/cluster.d/image.py. Sourced by eng/image.
write_image() {
  program_layer "$project" "$work/$name"
  runtime_layer "$work/$name" "$work/runtime-$name"
  parts > "$work/$name.cdx.json"; cp "$work/$name.cdx.json" "$work/$name/app/sbom.cdx.json"
  "$ROOT/eng/cluster" image "$image" "$work/$name.new" "$work/runtime-$name" "$work/$name" --entrypoint "[\"/app/$program\"]" --user "$APP_UID:$APP_UID" \
    "${ENVIRONMENT[@]/#/--env=}" --label "org.opencontainers.image.title=$program" --label "org.opencontainers.image.description=$what" \
    --label org.opencontainers.image.licenses=Apache-2.0 --label "org.opencontainers.image.version=$version" \
    --label "org.opencontainers.image.revision=$revision" >&2
  mv "$work/$name.new" "$built"
}
parts() {
  local lib owners
  owners=$(while read -r lib; do dpkg -S "$lib" 2> /dev/null || dpkg -S "/usr$lib"; done < "$work/runtime-$name.libraries" | cut -d: -f1 | sort -u)
  dotnet run --file "$ROOT/eng/sbom.cs" -- "$work/$name/app/$program" "$version" "$work/runtime-$name/usr/share/dotnet/shared" /var/lib/dpkg/status \
    ca-certificates $owners
}
