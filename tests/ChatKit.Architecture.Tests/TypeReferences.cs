using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ChatKit.Architecture.Tests;

/// <summary>Reads, from the compiled assembly, which types the code of each type really touches.</summary>
internal static class TypeReferences
{
    /// <summary>(from, to) pairs of full names; compiler-made nested types count as the type that holds them.</summary>
    public static IEnumerable<(string From, string To)> In(string assemblyName)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"{assemblyName}.dll"));
        return module.GetTypes()
            .SelectMany(type => Of(type).Select(to => (From: Outermost(type).FullName, To: to)))
            .Distinct()
            .ToList();
    }

    private static IEnumerable<string> Of(TypeDefinition type)
    {
        var members = type.Fields.Select(field => field.FieldType)
            .Concat(type.Properties.Select(property => property.PropertyType))
            .Concat(type.Interfaces.Select(contract => contract.InterfaceType))
            .Concat(type.Methods.SelectMany(Of));
        if (type.BaseType is not null) members = members.Append(type.BaseType);
        return members.SelectMany(Flatten).Select(reference => Outermost(reference).FullName);
    }

    private static IEnumerable<TypeReference> Of(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (var parameter in method.Parameters) yield return parameter.ParameterType;
        if (!method.HasBody) yield break;
        foreach (var variable in method.Body.Variables) yield return variable.VariableType;
        foreach (var instruction in method.Body.Instructions)
            foreach (var reference in Of(instruction))
                yield return reference;
    }

    private static IEnumerable<TypeReference> Of(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Flatten(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Flatten).Append(generic.ElementType),
        TypeSpecification specification => Flatten(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);
}
