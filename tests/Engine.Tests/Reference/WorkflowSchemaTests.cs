using Bulkhead.Api.Schemas;

namespace Bulkhead.Engine.Tests.Reference;

public sealed class WorkflowSchemaTests
{
    [Fact]
    public void File_IsWhatTheCommandPrints() => Pages.Compare("schemas/workflow.schema.json", WorkflowSchema.Text);
}
