namespace Bulkhead.Architecture.Tests;

public class ProjectReferenceTests
{
    [Fact]
    public void Rooms_OfTheRepository_KnowOnlyWhatTheyMay() => ProjectReferences.Faults(Repository.Files).ShouldBeEmpty();

    [Theory]
    [InlineData("Operator", "Engine", "the operator runs no workflow")]
    [InlineData("Operator", "Lua", "the operator runs no script")]
    [InlineData("Engine", "Kubernetes/KubernetesClient", "the engine knows no cluster")]
    [InlineData("Cli", "Worker", "a workflow never runs in the CLI's process")]
    [InlineData("Cli", "Engine", "a workflow never runs in the CLI's process")]
    [InlineData("Api", "Lua", "Api stands alone")]
    [InlineData("Lua", "Engine", "arrows point one way")]
    [InlineData("Cellar", "Api", "a room nobody has allowed")]
    public void Reference_NotInTheTable_IsCaught(string room, string other, string because) =>
        ProjectReferences.Faults([Project(room, other)]).ShouldHaveSingleItem(because).ShouldContain(room);

    [Theory]
    [InlineData("Worker", "Engine")]
    [InlineData("Operator", "Kubernetes/KubeOps")]
    [InlineData("Kubernetes/KubeOps", "Kubernetes/KubernetesClient")]
    public void Reference_InTheTable_Passes(string room, string other) => ProjectReferences.Faults([Project(room, other)]).ShouldBeEmpty();

    [Fact]
    public void Reference_ForBuildOrderOnly_Passes()
    {
        var project = Project("Cli", "Worker");
        var ordered = project with { Text = project.Text.Replace("/>", "ReferenceOutputAssembly=\"false\" />", StringComparison.Ordinal) };
        ProjectReferences.Faults([ordered]).ShouldBeEmpty();
    }

    private static SourceFile Project(string room, string other)
    {
        var up = string.Concat(Enumerable.Repeat("../", room.Split('/').Length));
        return new SourceFile($"src/{room}/X.csproj",
            $"""<Project><ItemGroup><ProjectReference Include="{up}{other}/Y.csproj" /></ItemGroup></Project>""");
    }
}
