using System.Globalization;
using System.Text.RegularExpressions;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Admission;

/// <summary>Why an execution waits, and where it stands among those that wait for the same reason.</summary>
/// <param name="Reason">UserLimit, TenantLimit, ClusterLimit or ConcurrencyKey; null: it may start.</param>
/// <param name="Position">1 for the next.</param>
/// <param name="Of">How many wait for this reason: of its user, its tenant, the cluster, its key.</param>
internal sealed partial record Standing(string? Reason, int Position = 0, int Of = 0)
{
    public static Standing Granted { get; } = new(Reason: null);

    /// <summary>Another one with its key is there, and it asked not to be run then.</summary>
    public static Standing Forbidden { get; } = new(Reasons.ConcurrencyForbidden);

    public bool IsGranted => Reason is null;

    public string Message => string.Create(CultureInfo.InvariantCulture, $"{Why}: position {Position} of {Of}.");

    private string Why => Reason switch
    {
        Reasons.UserLimit => "Its user has as many executions as the tenant allows",
        Reasons.TenantLimit => "Its tenant has as many executions as it may",
        Reasons.ConcurrencyKey => "Another execution with its concurrencyKey runs or waits before it",
        _ => "The cluster has as many executions as the operator admits",
    };

    /// <summary>What a status said; null where that is no standing.</summary>
    public static Standing? Read(string reason, string message)
    {
        if (reason is not (Reasons.UserLimit or Reasons.TenantLimit or Reasons.ClusterLimit or Reasons.ConcurrencyKey)) return null;
        var match = Numbers().Match(message);
        return match.Success && int.TryParse(match.Groups["at"].Value, CultureInfo.InvariantCulture, out var at) && int.TryParse(match.Groups["of"].Value, CultureInfo.InvariantCulture, out var of)
            ? new Standing(reason, at, of)
            : new Standing(reason);
    }

    /// <summary>
    /// Whether a status that says <paramref name="shown"/> is good enough: the same reason, and a position less than twice or more than half of the true
    /// one. So one that starts as number 5,000 is written 13 times on its way to the front, and not 5,000 times.
    /// </summary>
    public bool IsTold(Standing? shown) => shown is not null && shown.Reason == Reason && Position * 2 > shown.Position && shown.Position * 2 > Position;

    [GeneratedRegex(@"position (?<at>[0-9]{1,9}) of (?<of>[0-9]{1,9})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Numbers();
}
