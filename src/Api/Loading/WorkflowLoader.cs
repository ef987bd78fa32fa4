using System.Text.Json;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>
/// Reads and validates a workflow document (workflow-language.md, stage 1) in either dialect, JSON or YAML. Pure: bytes in, values out,
/// in bounded time and memory whatever the bytes (<see cref="InputBounds"/>).
/// </summary>
public static class WorkflowLoader
{
    /// <summary>A bare document, UTF-8.</summary>
    public static LoadResult Load(ReadOnlyMemory<byte> utf8) => Load(SourceText.Read(utf8));

    /// <summary>A bare document.</summary>
    public static LoadResult Load(string text) => Load(SourceText.Read(text));

    /// <summary>A document that is JSON already, as the worker's job carries it. Same paths as in the text, no lines.</summary>
    public static LoadResult Load(JsonElement document) => Load(SourceText.Read(document));

    /// <summary>A document inside a larger text, such as a manifest's <c>spec.workflow</c>; paths and lines are those of the text.</summary>
    public static LoadResult Load(SourceValue document)
    {
        var findings = new Findings();
        return Validate(document, findings);
    }

    private static LoadResult Load(SourceText source)
    {
        if (source.Problems.Count > 0) return new LoadResult(null, source.Problems, []);
        var findings = new Findings();
        foreach (var warning in source.Ambiguous) findings.Warnings.Add(warning);
        switch (source.Documents.Count)
        {
            case 0: return Refused("EMPTY_DOCUMENT", "the document is empty", null);
            case > 1: return Refused("MULTIPLE_DOCUMENTS", "the text holds several documents; a workflow is one", source.Documents[1].Line);
            default: return Validate(source.Documents[0], findings);
        }
    }

    private static LoadResult Validate(SourceValue document, Findings findings)
    {
        var workflow = WorkflowReader.Read(document, findings);
        return findings.Faults.Count > 0 || workflow is null
            ? new LoadResult(null, findings.Faults.ToList(), findings.Warnings.ToList())
            : new LoadResult(workflow, [], findings.Warnings.ToList());
    }

    private static LoadResult Refused(string code, string message, int? line) =>
        new(null, [new Problem(ProblemClass.StructuralError, code, message, Line: line)], []);
}
