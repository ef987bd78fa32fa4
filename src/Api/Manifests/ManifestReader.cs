using Bulkhead.Api.Problems;
using Bulkhead.Api.Resources;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Manifests;

/// <summary>
/// Reads manifests, the same text that <c>kubectl apply</c> takes: WorkflowExecution, Workflow, Connection, Tenant
/// (<c>bulkhead.dev/v1alpha1</c>) and, for local connections files, Secret (<c>v1</c>). YAML scalars that YAML 1.1 reads otherwise are errors.
/// </summary>
public sealed class ManifestReader
{
    private static readonly string[] Kinds = ["WorkflowExecution", "Workflow", "Connection", "Tenant", "Secret"];

    // What a server adds, and kubectl get -o yaml shows; not read here.
    private static readonly string[] ServerMetadata =
        ["uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "ownerReferences", "finalizers", "selfLink"];

    private readonly ProblemList _faults = new();
    private readonly RecordShape _shape;
    private readonly List<Manifest<WorkflowExecutionSpec>> _executions = [];
    private readonly List<Manifest<WorkflowSpec>> _workflows = [];
    private readonly List<Manifest<ConnectionSpec>> _connections = [];
    private readonly List<Manifest<TenantSpec>> _tenants = [];
    private readonly List<SecretManifest> _secrets = [];

    private ManifestReader() => _shape = new RecordShape(ResourceJson.Default.Options, _faults);

    /// <summary>Whether a text is one of manifests (its first document has <c>apiVersion</c> or <c>kind</c>) and not a bare workflow document.</summary>
    public static bool IsManifest(SourceText text) =>
        text.Documents.FirstOrDefault(d => !d.IsNull) is { } first && (first.Find("apiVersion") ?? first.Find("kind")) is not null;

    public static ManifestSet Read(ReadOnlyMemory<byte> utf8) => Read(SourceText.Read(utf8));

    public static ManifestSet Read(string text) => Read(SourceText.Read(text));

    public static ManifestSet Read(SourceText text)
    {
        if (text.Problems.Count > 0) return new ManifestSet { Problems = text.Problems };
        var reader = new ManifestReader();
        foreach (var ambiguous in text.Ambiguous) reader._faults.Add(ambiguous);
        var documents = text.Documents.Where(d => !d.IsNull).ToList();
        if (documents.Count == 0) reader._faults.Add("EMPTY_DOCUMENT", "the text holds no document", SourcePath.Root, null);
        foreach (var document in documents) reader.One(document);
        return new ManifestSet
        {
            Executions = reader._executions,
            Workflows = reader._workflows,
            Connections = reader._connections,
            Tenants = reader._tenants,
            Secrets = reader._secrets,
            Problems = reader._faults.ToList(),
        };
    }

    private void One(SourceValue document)
    {
        if (document.Kind != SourceKind.Map)
        {
            _faults.Add("WRONG_TYPE", "a manifest must be a mapping with apiVersion, kind, metadata and spec", document);
            return;
        }

        var kind = Text(document, "kind");
        if (kind is null || Text(document, "apiVersion") is not { } version) return;
        if (!Kinds.Contains(kind))
        {
            _faults.Add("UNKNOWN_KIND", $"unknown kind '{Quoted.Short(kind)}'; there are {string.Join(", ", Kinds)}", document.Find("kind")!);
            return;
        }

        var expected = kind == "Secret" ? "v1" : ApiGroup.ApiVersion;
        if (version != expected)
            _faults.Add("UNKNOWN_VERSION", $"the apiVersion of a {kind} is {expected}, not '{Quoted.Short(version)}'", document.Find("apiVersion")!);
        var metadata = Metadata(document);
        if (metadata is not null) Body(document, kind, metadata);
    }

    private void Body(SourceValue document, string kind, ObjectMeta metadata)
    {
        switch (kind)
        {
            case "WorkflowExecution": Add(document, metadata, _executions, SpecRules.Check); break;
            case "Workflow": Add(document, metadata, _workflows, SpecRules.Check); break;
            case "Connection": Add(document, metadata, _connections, SpecRules.Check); break;
            case "Tenant": Add<TenantSpec>(document, metadata, _tenants, (_, _) => []); break;
            default: Secret(document, metadata); break;
        }
    }

    private void Add<T>(
        SourceValue document, ObjectMeta metadata, List<Manifest<T>> manifests, Func<T, SourceValue, IEnumerable<(string Code, string Message, SourceValue At)>> rules)
        where T : class
    {
        Only(document, "apiVersion", "kind", "metadata", "spec", "status");
        if (document.Find("spec") is not { } spec)
        {
            _faults.Add("MISSING_FIELD", "'spec' is required", document);
            return;
        }

        if (_shape.Read<T>(spec) is not { } read) return;
        var before = _faults.Count;
        foreach (var (code, message, at) in rules(read, spec)) _faults.Add(code, message, at);
        if (_faults.Count == before) manifests.Add(new Manifest<T>(metadata, read, document));
    }

    private void Secret(SourceValue document, ObjectMeta metadata)
    {
        Only(document, "apiVersion", "kind", "metadata", "stringData", "type", "immutable");
        if (document.Find("stringData") is not { Kind: SourceKind.Map } data)
        {
            _faults.Add("MISSING_FIELD", "'stringData' is required: a mapping of keys to env:NAME, file:PATH or values", document);
            return;
        }

        foreach (var (name, _, value) in data.Fields.Where(f => f.Value.Kind != SourceKind.Text))
            _faults.Add("WRONG_TYPE", $"'{Quoted.Short(name)}' must be a string (put quotes around it)", value);
        _secrets.Add(new SecretManifest(metadata, data.Fields.ToDictionary(f => f.Name, f => f.Value.Scalar, StringComparer.Ordinal)));
    }

    private ObjectMeta? Metadata(SourceValue document)
    {
        if (document.Find("metadata") is not { Kind: SourceKind.Map } source)
        {
            _faults.Add("MISSING_FIELD", "'metadata' is required: a mapping with a name", document);
            return null;
        }

        var written = SourceValue.OfMap([.. source.Fields.Where(f => !ServerMetadata.Contains(f.Name))], source.Path, source.Line);
        if (_shape.Read<ObjectMeta>(written) is not { } metadata) return null;
        if (metadata.Name is null && metadata.GenerateName is null) _faults.Add("MISSING_FIELD", "'name' is required", source);
        if (metadata.Name is { } name && !ResourceNames.IsName(name))
            _faults.Add("INVALID_NAME", ResourceNames.Fault("name", name), source.Find("name")!);
        if (metadata.Namespace is { } space && !ResourceNames.IsLabel(space))
            _faults.Add("INVALID_NAME", ResourceNames.Fault("namespace", space), source.Find("namespace")!);
        return metadata;
    }

    private string? Text(SourceValue document, string name)
    {
        if (document.Find(name) is { Kind: SourceKind.Text } value) return value.Scalar;
        _faults.Add("MISSING_FIELD", $"'{name}' is required", document.Find(name) ?? document);
        return null;
    }

    private void Only(SourceValue document, params string[] known)
    {
        foreach (var (name, line, value) in document.Fields.Where(f => !known.Contains(f.Name)))
            _faults.Add("UNKNOWN_FIELD", _faults.IsFull ? name : Nearest.UnknownField(name, known), value.Path, line);
    }
}
