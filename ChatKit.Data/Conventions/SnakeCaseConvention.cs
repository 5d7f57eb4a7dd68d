using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace ChatKit.Data.Conventions;

/// <summary>Columns, keys and indexes are named <c>like_this</c>, so that SQL written by hand needs no quotes on either database.</summary>
internal sealed class SnakeCaseConvention : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            foreach (var property in entity.GetDeclaredProperties())
                property.Builder.HasColumnName(SnakeCase(property.Name));
            foreach (var key in entity.GetDeclaredKeys())
                key.Builder.HasName(SnakeCase(key.GetDefaultName()!));
            foreach (var foreignKey in entity.GetDeclaredForeignKeys())
                foreignKey.Builder.HasConstraintName(SnakeCase(foreignKey.GetDefaultName()!));
            foreach (var index in entity.GetDeclaredIndexes())
                index.Builder.HasDatabaseName(SnakeCase(index.GetDefaultDatabaseName()!));
        }
    }

    /// <summary><c>UserId</c> becomes <c>user_id</c>; <c>IX_threads_UserId</c> becomes <c>ix_threads_user_id</c>.</summary>
    internal static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && char.IsLower(name[i - 1]))
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }

        return snake.ToString();
    }
}
