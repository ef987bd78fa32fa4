namespace Bulkhead.Architecture.Tests;

public class TypeTableTests
{
    private static readonly SourceFile Engine = new("src/Engine/Factory/UserExecutionEngine.cs", "public sealed class UserExecutionEngine;");

    [Fact(DisplayName = "SSOT-1 the type table of docs/architecture.md agrees with the code")]
    [Trait("Seed", "SSOT-1")]
    public void Table_OfTheRepository_AgreesWithTheCode() => TypeTable.Faults(Repository.Files).ShouldBeEmpty();

    [Theory(DisplayName = "SSOT-1 a type table that disagrees is caught")]
    [Trait("Seed", "SSOT-1")]
    [InlineData("| `UserExecutionEngine` | `src/Engine/UserExecutionEngine.cs` | moved |", "UserExecutionEngine is not in src/Engine/UserExecutionEngine.cs")]
    [InlineData("no table", "docs/architecture.md has no type table: rows of | `Type` | `src/.../File.cs` | what it is |")]
    [InlineData("| `Job` | `src/Api/Contract/Job.cs` | gone |", "Job is not in src/Api/Contract/Job.cs")]
    public void Table_ThatDisagrees_IsCaught(string table, string fault) =>
        TypeTable.Faults([Engine, new SourceFile(TypeTable.Document, table)]).ShouldContain(fault);

    [Fact]
    public void Type_InTwoRooms_IsCaught()
    {
        var twin = new SourceFile("src/Server/UserExecutionEngine.cs", "class UserExecutionEngine;");
        TypeTable.Faults([Engine, twin, Table()]).ShouldBe(["UserExecutionEngine is in src/Server too"]);
    }

    [Fact]
    public void KeyType_WithoutARow_IsCaught()
    {
        var context = new SourceFile("src/Engine/X.cs", "record SharedExecutionContext;");
        TypeTable.Faults([Engine, context, Table()]).ShouldBe(["SharedExecutionContext has no row in docs/architecture.md"]);
    }

    [Fact]
    public void Table_ThatAgrees_Passes() => TypeTable.Faults([Engine, Table()]).ShouldBeEmpty();

    private static SourceFile Table() =>
        new(TypeTable.Document, "| type | file | what |\n|---|---|---|\n| `UserExecutionEngine` | `src/Engine/Factory/UserExecutionEngine.cs` | the engine |\n");
}
