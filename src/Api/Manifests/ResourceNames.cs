using System.Text.RegularExpressions;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Manifests;

/// <summary>Names of Kubernetes objects (RFC 1123).</summary>
internal static partial class ResourceNames
{
    public static bool IsName(string text) => text.Length <= 253 && Subdomain().IsMatch(text);

    public static bool IsLabel(string text) => text.Length <= 63 && Label().IsMatch(text);

    public static string Fault(string field, string value) =>
        $"'{field}' is '{Quoted.Short(value)}'; it must consist of lower case letters, digits and '-'{(field == "name" ? " and '.'" : string.Empty)} and begin and end with a letter or digit";

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Label();
}
