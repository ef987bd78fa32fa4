using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bulkhead.Api.Manifests;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Resources;
using Bulkhead.Api.Text;
using Bulkhead.Running;

namespace Bulkhead.Cli.Cluster.Submitting;

/// <summary>From a FILE and its options to the WorkflowExecution to create, or all its faults. Pure.</summary>
internal sealed partial record SubmitInput
{
    public ObjectMeta Metadata { get; private init; } = new();

    public WorkflowExecutionSpec Spec { get; private init; } = new();

    public IReadOnlyList<Problem> Problems { get; private init; } = [];

    public IReadOnlyList<Problem> Warnings { get; private init; } = [];

    /// <param name="bytes">A WorkflowExecution manifest, or a workflow document, bare or in a Workflow manifest.</param>
    /// <param name="inputs">Win over those of the file.</param>
    /// <param name="name">Wins over the file's.</param>
    public static SubmitInput Read(ReadOnlyMemory<byte> bytes, IReadOnlyDictionary<string, JsonElement> inputs, string? name)
    {
        var set = IsManifest(bytes) ? ManifestReader.Read(bytes) : null;
        // A workflowRef that the file does not hold is the cluster's to find; nothing of the document can be judged here.
        if (set is { Problems: [], Executions: [{ Spec.WorkflowRef: { } reference } execution] } && set.Workflows.All(w => w.Metadata.Name != reference.Name))
            return Finish(execution.Metadata, execution.Spec, inputs, name) with { Warnings = Others(set) };
        var source = ExecutionSource.Read(bytes);
        if (source.Problems.Count > 0) return new SubmitInput { Problems = source.Problems, Warnings = source.Warnings };
        var made = set is { Executions: [var written] }
            ? Finish(written.Metadata, written.Spec, inputs, name)
            : Finish(new ObjectMeta { GenerateName = $"{NameOf(source.Name)}-" }, new WorkflowExecutionSpec { Workflow = source.Document!.ToJson() }, inputs, name);
        return made with { Warnings = [.. source.Warnings, .. set is null ? [] : Others(set)] };
    }

    private static bool IsManifest(ReadOnlyMemory<byte> bytes) => SourceText.Read(bytes) is { Problems: [] } text && ManifestReader.IsManifest(text);

    /// <summary>Judged once more as a manifest: the options may have made it a bad one, and a bare document may be too large to stand in one.</summary>
    private static SubmitInput Finish(ObjectMeta metadata, WorkflowExecutionSpec spec, IReadOnlyDictionary<string, JsonElement> inputs, string? name)
    {
        if (name is not null) metadata = metadata with { Name = name, GenerateName = null };
        if (inputs.Count > 0) spec = spec with { Inputs = Merge(spec.Inputs, inputs) };
        var manifest = new JsonObject
        {
            ["apiVersion"] = ApiGroup.ApiVersion,
            ["kind"] = "WorkflowExecution",
            ["metadata"] = JsonSerializer.SerializeToNode(metadata, ResourceJson.Default.ObjectMeta),
            ["spec"] = JsonSerializer.SerializeToNode(spec, ResourceJson.Default.WorkflowExecutionSpec),
        };
        var problems = ManifestReader.Read(manifest.ToJsonString()).Problems;
        return new SubmitInput { Metadata = metadata, Spec = spec, Problems = [.. problems.Select(p => p with { Line = null })] };
    }

    private static JsonElement Merge(JsonElement? written, IReadOnlyDictionary<string, JsonElement> inputs)
    {
        var merged = written is { ValueKind: JsonValueKind.Object } given ? JsonObject.Create(given)! : [];
        foreach (var (key, value) in inputs) merged[key] = JsonNode.Parse(value.GetRawText());
        return JsonElement.Parse(merged.ToJsonString());
    }

    private static IReadOnlyList<Problem> Others(ManifestSet set) => set.Workflows.Count + set.Connections.Count + set.Tenants.Count + set.Secrets.Count is var others and > 0
        ? [new Problem(ProblemClass.StructuralError, "NOT_SUBMITTED", $"the file holds {others} more document{(others == 1 ? "" : "s")}, which kubectl apply creates; only the execution is submitted")]
        : [];

    /// <summary>The document's name, as a Kubernetes name begins.</summary>
    private static string NameOf(string name)
    {
        var plain = NoName().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return plain.Length == 0 ? "execution" : plain.Length <= 50 ? plain : plain[..50].TrimEnd('-');
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NoName();
}
