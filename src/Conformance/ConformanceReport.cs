using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bulkhead.Conformance;

/// <summary>What a run of the suite showed. As markdown in the form of the NORP-006 compliance suite's template, and as JSON.</summary>
/// <param name="Rows">Every row, in order.</param>
/// <param name="Date">When it ended.</param>
public sealed record ConformanceReport(IReadOnlyList<RowResult> Rows, DateTimeOffset Date)
{
    public string System { get; init; } = "Bulkhead";

    public string Version { get; init; } = typeof(ConformanceReport).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>True when every row passed, optional ones included.</summary>
    public bool Passed => Rows.All(r => r.Passed);

    /// <summary>Every mandatory NORP-006 row passed.</summary>
    public bool Compliant => Rows.Where(r => r.Id.StartsWith("NORP-006", StringComparison.Ordinal) && !r.Optional).All(r => r.Passed);

    /// <summary>Writes <c>norp-006-report.md</c> and <c>norp-006-report.json</c>.</summary>
    public async Task WriteAsync(string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "norp-006-report.md"), ToMarkdown(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(directory, "norp-006-report.json"), ToJson() + "\n", cancellationToken);
    }

    public string ToMarkdown() => ReportMarkdown.Of(this);

    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.ConformanceReport);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ConformanceReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
