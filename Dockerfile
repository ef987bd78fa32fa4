# The images of a release: two targets, `operator` and `worker`.
#   docker build --target worker -t REGISTRY/bulkhead-worker:VERSION --build-arg REVISION=$(git rev-parse HEAD) .
# Any base images with .NET 10 and glibc will do (the Lua library in the worker is not built for musl). With the same base images,
# REVISION and SOURCE_DATE_EPOCH the same files come out: the folder of generated sources is part of what is compiled, so it has a fixed name; the compiler
# sorts generated sources by the machine's culture, so there is none. `eng/image --dockerfile` builds it with buildah from local base images.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG WORKER_BASE=mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled
ARG OPERATOR_BASE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled

FROM ${WORKER_BASE} AS worker-base
FROM ${OPERATOR_BASE} AS operator-base

FROM ${SDK_IMAGE} AS source
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 NUGET_PACKAGES=/packages
WORKDIR /build
COPY . .

FROM source AS worker-build
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=bind,from=worker-base,source=/,target=/base \
    dotnet publish src/Worker -c Release --artifacts-path artifacts/image/compiled -o /out/app -v quiet -p:RestoreLockedMode=true -p:DebugType=none -p:RunAnalyzers=false -p:UseSharedCompilation=false -p:SourceRevisionId=${REVISION} \
 && dotnet run --file eng/sbom.cs -- /out/app/bulkhead-worker ${VERSION} /base/usr/share/dotnet/shared /base/var/lib/dpkg/status > /out/app/sbom.cdx.json \
 && chmod -R u=rwX,go=rX /out && find /out -exec touch -h -d @${SOURCE_DATE_EPOCH} {} +

FROM source AS operator-build
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=bind,from=operator-base,source=/,target=/base \
    dotnet publish src/Operator -c Release --artifacts-path artifacts/image/compiled -o /out/app -v quiet -p:RestoreLockedMode=true -p:DebugType=none -p:RunAnalyzers=false -p:UseSharedCompilation=false -p:SourceRevisionId=${REVISION} \
 && dotnet run --file eng/sbom.cs -- /out/app/bulkhead-operator ${VERSION} /base/usr/share/dotnet/shared /base/var/lib/dpkg/status > /out/app/sbom.cdx.json \
 && chmod -R u=rwX,go=rX /out && find /out -exec touch -h -d @${SOURCE_DATE_EPOCH} {} +

FROM worker-base AS worker
ARG VERSION=0.1.0
ARG REVISION=unknown
COPY --from=worker-build /out/ /
# No diagnostics socket: the root file system is read-only, and nobody attaches to a tenant's process. Few malloc arenas: less memory.
ENV DOTNET_EnableDiagnostics=0 DOTNET_NOLOGO=1 MALLOC_ARENA_MAX=2
USER 1654:1654
ENTRYPOINT ["/app/bulkhead-worker"]
LABEL org.opencontainers.image.title="bulkhead-worker" \
      org.opencontainers.image.description="Runs one workflow execution, in a pod of its own" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

FROM operator-base AS operator
ARG VERSION=0.1.0
ARG REVISION=unknown
COPY --from=operator-build /out/ /
ENV DOTNET_EnableDiagnostics=0 DOTNET_NOLOGO=1 MALLOC_ARENA_MAX=2
USER 1654:1654
EXPOSE 8080
ENTRYPOINT ["/app/bulkhead-operator"]
LABEL org.opencontainers.image.title="bulkhead-operator" \
      org.opencontainers.image.description="Turns each WorkflowExecution into a pod, and proves that its connections are released" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
