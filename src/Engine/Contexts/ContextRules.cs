using System.Text.Json;
using System.Text.RegularExpressions;
using Bulkhead.Api.Problems;

namespace Bulkhead.Engine.Contexts;

/// <summary>All faults of a context's fields. Pure.</summary>
internal static partial class ContextRules
{
    public const int MaxIdLength = 256;

    public static IReadOnlyList<Problem> Faults(ContextFields fields)
    {
        var faults = new List<Problem>();
        if (fields.ExecutionUid == Guid.Empty) faults.Add(Missing("execution_id"));
        if (fields.Attempt < 1) faults.Add(Fault("ATTEMPT_INVALID", "attempt", $"Field 'attempt' is counted from 1, not {fields.Attempt}."));
        CheckTenant(fields.TenantId, faults);
        CheckId("user_id", fields.UserId, fields.TestEnvironment, faults);
        CheckId("thread_id", fields.ThreadId, fields.TestEnvironment, faults);
        CheckId("run_id", fields.RunId, fields.TestEnvironment, faults);
        CheckId("request_id", fields.RequestId, fields.TestEnvironment, faults);
        MetadataRules.Check("agent_context", fields.AgentContext, fields.UserId, faults);
        MetadataRules.Check("audit_metadata", fields.AuditMetadata, fields.UserId, faults);
        return faults;
    }

    public static Problem Fault(string code, string field, string message) =>
        new(ProblemClass.ContextFailure, code, message, field);

    private static void CheckTenant(string? tenantId, List<Problem> faults)
    {
        if (string.IsNullOrWhiteSpace(tenantId)) faults.Add(Missing("tenant_id"));
        else if (!DnsLabel().IsMatch(tenantId))
        {
            faults.Add(Fault("TENANT_INVALID", "tenant_id",
                $"Field 'tenant_id' must be a DNS label (a-z, 0-9 and '-', at most 63 characters), not '{Shown(tenantId)}'."));
        }
    }

    private static void CheckId(string field, string? value, bool testEnvironment, List<Problem> faults)
    {
        if (string.IsNullOrWhiteSpace(value)) faults.Add(Missing(field));
        else if (value.Length > MaxIdLength || value.Any(char.IsControl))
        {
            faults.Add(Fault("ID_INVALID", field,
                $"Field '{field}' must have at most {MaxIdLength} characters and no control characters."));
        }
        else if (PlaceholderRule.Forbids(value, testEnvironment))
        {
            faults.Add(Fault("PLACEHOLDER_FORBIDDEN", field,
                $"Field '{field}' contains forbidden placeholder value: '{value}'. This prevents proper request isolation."));
        }
    }

    private static Problem Missing(string field) => Fault("FIELD_REQUIRED", field, $"Field '{field}' is required and must not be empty.");

    private static string Shown(string value) => JsonEncodedText.Encode(value.Length > 80 ? value[..80] : value).ToString();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DnsLabel();
}
