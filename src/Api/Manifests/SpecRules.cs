using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Manifests;

/// <summary>Rules between the fields of a spec; what a schema alone cannot say.</summary>
internal static class SpecRules
{
    /// <summary>Largest inline document of a custom resource: 256 KiB.</summary>
    public const int InlineBytes = 256 * 1024;

    public static IEnumerable<(string Code, string Message, SourceValue At)> Check(WorkflowExecutionSpec spec, SourceValue at)
    {
        if (spec.Workflow is null == spec.WorkflowRef is null)
            yield return ("INVALID_VALUE", "exactly one of 'workflow' and 'workflowRef' is required", at);
        if (spec.Workflow is { } workflow)
        {
            foreach (var fault in Document(workflow, at.Find("workflow")!)) yield return fault;
        }

        if (spec.Inputs is { ValueKind: not JsonValueKind.Object })
            yield return ("WRONG_TYPE", "'inputs' must be a mapping", at.Find("inputs")!);
        if (spec.TenantId is { } tenant && !ResourceNames.IsLabel(tenant))
            yield return ("INVALID_NAME", ResourceNames.Fault("tenantId", tenant), at.Find("tenantId")!);
    }

    public static IEnumerable<(string Code, string Message, SourceValue At)> Check(WorkflowSpec spec, SourceValue at) =>
        Document(spec.Workflow, at.Find("workflow")!);

    public static IEnumerable<(string Code, string Message, SourceValue At)> Check(ConnectionSpec spec, SourceValue at)
    {
        if (spec.Id is { ValueKind: not (JsonValueKind.String or JsonValueKind.Number) })
            yield return ("WRONG_TYPE", "'id' must be a number or a string", at.Find("id")!);
        if (spec.Config is { ValueKind: not JsonValueKind.Object })
            yield return ("WRONG_TYPE", "'config' must be a mapping", at.Find("config")!);
        if (spec.Pooling == "transaction" && spec.Release?.Endpoint is null)
            yield return (
                "POOLING_REFUSED", "'pooling: transaction' needs 'release.endpoint', the server itself: a transaction pooler makes owner tags meaningless", at.Find("pooling")!);
    }

    private static IEnumerable<(string Code, string Message, SourceValue At)> Document(JsonElement workflow, SourceValue at)
    {
        if (workflow.ValueKind != JsonValueKind.Object) yield return ("WRONG_TYPE", "'workflow' must be a mapping", at);
        if (System.Text.Encoding.UTF8.GetByteCount(workflow.GetRawText()) is var size and > InlineBytes)
            yield return (
                "DOCUMENT_TOO_LARGE", $"the inline workflow has {size:n0} bytes; at most {InlineBytes:n0} (256 KiB) are allowed, larger ones use 'workflowRef' or a bare document", at);
    }
}
