using Bulkhead.Api.Loading;
using Bulkhead.Api.Manifests;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Resources;
using Bulkhead.Api.Text;
using Bulkhead.Lua;

namespace Bulkhead.Running;

/// <summary>
/// What a FILE holds: a bare document, or manifests with one WorkflowExecution (or one Workflow), whose other documents come along.
/// Structure and scripts are checked here, so that lint and run report the same faults with the same lines.
/// </summary>
public sealed record ExecutionSource
{
    public string Name { get; private init; } = "execution";

    /// <summary>The document as its author wrote it; null when it could not be found.</summary>
    public SourceValue? Document { get; private init; }

    public Api.Workflows.Workflow? Workflow { get; private init; }

    /// <summary>The execution's spec; empty for a bare document.</summary>
    public WorkflowExecutionSpec Spec { get; private init; } = new();

    public ManifestSet Manifests { get; private init; } = new();

    /// <summary>The text is neither JSON nor YAML, or too large: nothing in it was judged.</summary>
    public bool Unreadable { get; private init; }

    public IReadOnlyList<Problem> Problems { get; private init; } = [];

    public IReadOnlyList<Problem> Warnings { get; private init; } = [];

    public static ExecutionSource Read(ReadOnlyMemory<byte> bytes)
    {
        var text = SourceText.Read(bytes);
        if (text.Problems.Count > 0) return new ExecutionSource { Unreadable = true, Problems = text.Problems };
        return ManifestReader.IsManifest(text) ? OfManifests(ManifestReader.Read(text)) : Load(new ExecutionSource(), text);
    }

    private static ExecutionSource OfManifests(ManifestSet manifests)
    {
        if (manifests.Problems.Count > 0) return new ExecutionSource { Problems = manifests.Problems };
        return manifests switch
        {
            { Executions: [var execution] } => OfExecution(execution, manifests),
            { Executions: [], Workflows: [var workflow] } => Load(
                new ExecutionSource { Name = NameOf(workflow.Metadata), Manifests = manifests }, workflow.Source.Find("spec")!.Find("workflow")!),
            _ => Fault("NO_EXECUTION", $"The file must hold one WorkflowExecution (or one Workflow); it holds {manifests.Executions.Count} and {manifests.Workflows.Count}."),
        };
    }

    private static ExecutionSource OfExecution(Manifest<WorkflowExecutionSpec> execution, ManifestSet manifests)
    {
        var source = new ExecutionSource { Name = NameOf(execution.Metadata), Spec = execution.Spec, Manifests = manifests };
        if (execution.Spec.WorkflowRef is not { } reference) return Load(source, execution.Source.Find("spec")!.Find("workflow")!);
        return manifests.Workflows.FirstOrDefault(w => w.Metadata.Name == reference.Name) is { } workflow
            ? Load(source, workflow.Source.Find("spec")!.Find("workflow")!)
            : Fault("WORKFLOW_NOT_FOUND", $"workflowRef names '{reference.Name}'; the file holds no Workflow of that name.", "spec.workflowRef.name");
    }

    private static ExecutionSource Load(ExecutionSource source, SourceText text)
    {
        var documents = text.Documents.Where(d => d.Kind != SourceKind.Null).ToList();
        if (documents.Count != 1) return Fault("ONE_DOCUMENT", $"The file must hold one workflow document; it holds {documents.Count}.");
        var loaded = Load(source, documents[0]);
        return loaded with { Warnings = [.. text.Ambiguous, .. loaded.Warnings] };
    }

    private static ExecutionSource Load(ExecutionSource source, SourceValue document)
    {
        var loaded = WorkflowLoader.Load(document);
        return source with
        {
            Name = source.Name == "execution" ? loaded.Workflow?.Name ?? source.Name : source.Name,
            Document = document,
            Workflow = loaded.Workflow,
            Problems = loaded.Workflow is { } workflow ? ScriptCheck.Problems(workflow) : loaded.Problems,
            Warnings = loaded.Warnings,
        };
    }

    private static string NameOf(ObjectMeta metadata) => metadata.Name ?? metadata.GenerateName ?? "execution";

    private static ExecutionSource Fault(string code, string message, string path = "") =>
        new() { Problems = [new Problem(ProblemClass.StructuralError, code, message, path)] };
}
