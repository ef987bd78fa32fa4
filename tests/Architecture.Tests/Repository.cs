namespace Bulkhead.Architecture.Tests;

/// <summary>The text files of the working copy, without what is built or generated.</summary>
internal static class Repository
{
    private static readonly string[] SkippedFolders =
        ["bin", "obj", ".git", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", "node_modules", ".vs", ".idea"];

    private static readonly string[] TextEndings =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".yaml", ".yml", ".md", ".txt", ".sh", ".lua", ".sql", ".tpl",
        ".js", ".html", ".css", ".svg", ".editorconfig", ".gitignore", ".gitattributes", "Dockerfile", "LICENSE", "run", "test",
    ];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Files { get; } = Read();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Operator.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Operator.sln is in no folder above the tests.");
    }

    private static List<SourceFile> Read()
    {
        var files = new List<SourceFile>();
        var open = new Stack<DirectoryInfo>([new DirectoryInfo(Root)]);
        while (open.TryPop(out var folder))
        {
            foreach (var child in folder.EnumerateDirectories().Where(child => !SkippedFolders.Contains(child.Name))) open.Push(child);
            files.AddRange(folder.EnumerateFiles()
                .Where(file => TextEndings.Any(ending => file.Name.EndsWith(ending, StringComparison.Ordinal)))
                .Select(file => new SourceFile(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName))));
        }

        return files;
    }
}
