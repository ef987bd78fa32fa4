namespace Bulkhead.Architecture.Tests.Scans;

/// <summary>One rule over single files, with a sample that breaks it: a scan that misses its sample guards nothing.</summary>
internal sealed record Scan
{
    public required string Rule { get; init; }

    /// <summary>Ids of the conformance rows that this rule belongs to.</summary>
    public string? Row { get; init; }

    public required Func<SourceFile, bool> Applies { get; init; }

    /// <summary>What is wrong in the file, each with its line where known.</summary>
    public required Func<SourceFile, IEnumerable<string>> Faults { get; init; }

    /// <summary>Files that break the rule, each in another way.</summary>
    public required IReadOnlyList<SourceFile> Sabotage { get; init; }

    /// <summary>Files that look alike and keep the rule.</summary>
    public IReadOnlyList<SourceFile> Innocent { get; init; } = [];

    public IEnumerable<string> FaultsIn(IEnumerable<SourceFile> files) =>
        files.Where(Applies).SelectMany(file => Faults(file).Select(fault => $"{file.Path}: {fault}"));

    public override string ToString() => Row is null ? Rule : $"{Row} {Rule}";
}
