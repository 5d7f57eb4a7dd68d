using ChatKit.Data.Conventions;
using Xunit;

namespace ChatKit.Data.Tests.Conventions;

public sealed class SnakeCaseConventionTests
{
    [Theory]
    [InlineData("Id", "id")]
    [InlineData("GeneratedTitle", "generated_title")]
    [InlineData("IX_threads_UserId_CreatedAt", "ix_threads_user_id_created_at")]
    [InlineData("already_snake", "already_snake")]
    public void Names_are_snake_case(string name, string expected) => Assert.Equal(expected, SnakeCaseConvention.SnakeCase(name));
}
