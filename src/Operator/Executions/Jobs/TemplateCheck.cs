using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Resources;
using k8s;
using k8s.Models;

namespace Bulkhead.Operator.Executions.Jobs;

/// <summary>
/// The parts of a pod template whose shape no schema of ours describes, by the API server's own rules for a pod: what it would refuse each time is told before a slot is
/// given. The tenant's defaults may be as wrong as the execution's own.
/// </summary>
internal static partial class TemplateCheck
{
    private const string Root = "spec.podTemplate";

    public static IEnumerable<Problem> Problems(PodTemplate template) =>
    [
        .. Labels($"{Root}.metadata.labels", template.Metadata?.Labels),
        // Their prefixes may have capital letters.
        .. from annotation in Of(template.Metadata?.Annotations) where !IsQualified(annotation.Key.ToLowerInvariant()) select NoKey($"{Root}.metadata.annotations", annotation.Key),
        .. Labels($"{Root}.nodeSelector", template.NodeSelector),
        .. Placement(template),
        .. Amounts("requests", template.Resources?.Requests),
        .. Amounts("limits", template.Resources?.Limits),
        .. BeyondLimits(template.Resources),
    ];

    private static IEnumerable<Problem> Labels(string path, IReadOnlyDictionary<string, string>? given)
    {
        foreach (var (key, value) in Of(given))
        {
            if (!IsQualified(key)) yield return NoKey(path, key);
            if (value is null || (value.Length > 0 && !Name().IsMatch(value)))
                yield return Invalid($"'{value}' is not the value of a label: at most 63 letters, digits, '-', '_', '.', with a letter or digit at both ends", $"{path}.{key}");
        }
    }

    private static IEnumerable<Problem> Amounts(string list, IReadOnlyDictionary<string, string>? given)
    {
        foreach (var (name, value) in Of(given))
        {
            var path = $"{Root}.resources.{list}.{name}";
            if (!IsResource(name)) yield return Invalid($"'{name}' is not a resource such as cpu, memory or example.com/gpu", path);
            if (value is null || !Quantity().IsMatch(value)) yield return Invalid($"'{value}' is not a quantity such as 250m or 64Mi", path);
        }
    }

    private static IEnumerable<Problem> BeyondLimits(PodResources? resources) =>
        from request in Of(resources?.Requests)
        let limit = resources!.Limits?.GetValueOrDefault(request.Key)
        where limit is not null && request.Value is not null && Quantity().IsMatch(request.Value) && Quantity().IsMatch(limit) && Amount(request.Value) > Amount(limit)
        select Invalid($"the request '{request.Value}' is more than the limit '{limit}'", $"{Root}.resources.requests.{request.Key}");

    private static IEnumerable<Problem> Placement(PodTemplate template)
    {
        if (template.Affinity is { } affinity && !Reads<V1Affinity>(affinity))
            yield return new Problem(ProblemClass.StructuralError, "WRONG_TYPE", "'affinity' must be a core/v1 Affinity", $"{Root}.affinity");
        for (var i = 0; i < (template.Tolerations?.Count ?? 0); i++)
        {
            if (!Reads<V1Toleration>(template.Tolerations![i]))
                yield return new Problem(ProblemClass.StructuralError, "WRONG_TYPE", "a toleration must be a core/v1 Toleration", $"{Root}.tolerations[{i}]");
        }
    }

    private static bool Reads<T>(JsonElement json)
    {
        try
        {
            return KubernetesJson.Deserialize<T>(json.GetRawText()) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string>? given) => given ?? new Dictionary<string, string>();

    /// <summary>A name, or a domain and a name.</summary>
    private static bool IsQualified(string key) => key.IndexOf('/', StringComparison.Ordinal) is var slash && slash < 0
        ? Name().IsMatch(key)
        : slash <= 253 && Domain().IsMatch(key[..slash]) && Name().IsMatch(key[(slash + 1)..]);

    private static bool IsResource(string name) => name.Contains('/', StringComparison.Ordinal)
        ? IsQualified(name) && !name.StartsWith("requests.", StringComparison.Ordinal)
        : name is "cpu" or "memory" or "ephemeral-storage" || (name.StartsWith("hugepages-", StringComparison.Ordinal) && IsQualified(name));

    /// <summary>In units so small that every quantity is a whole number of them.</summary>
    private static BigInteger Amount(string quantity)
    {
        var (number, suffix) = (Quantity().Match(quantity).Groups["number"].Value.Split('.'), Quantity().Match(quantity).Groups["suffix"].Value);
        var fraction = number.Length > 1 ? number[1] : "";
        var (radix, power) = suffix.EndsWith('i') ? (1024, "KMGTPE".IndexOf(suffix[0], StringComparison.Ordinal) + 1)
            : suffix.StartsWith('e') ? (10, int.Parse(suffix[1..], CultureInfo.InvariantCulture))
            : (10, suffix switch { "n" => -9, "u" => -6, "m" => -3, "k" => 3, "M" => 6, "G" => 9, "T" => 12, "P" => 15, "E" => 18, _ => 0 });
        var digits = BigInteger.Parse(number[0] + fraction, CultureInfo.InvariantCulture);
        return radix == 1024
            ? digits * BigInteger.Pow(10, 18 - fraction.Length) * BigInteger.Pow(1024, power)
            : digits * BigInteger.Pow(10, 18 - fraction.Length + power);
    }

    private static Problem NoKey(string path, string key) =>
        Invalid($"'{key}' is not a key: at most 63 letters, digits, '-', '_', '.', with a letter or digit at both ends, and perhaps a domain and '/' before them", path);

    private static Problem Invalid(string message, string path) => new(ProblemClass.StructuralError, "INVALID_VALUE", message, path);

    [GeneratedRegex(@"^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Domain();

    [GeneratedRegex(@"^(?<number>[0-9]{1,15}(\.[0-9]{1,9})?)(?<suffix>n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|e[0-9]{1,2})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Quantity();
}
