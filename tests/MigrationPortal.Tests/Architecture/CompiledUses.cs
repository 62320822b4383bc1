using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MigrationPortal.Tests.Architecture;

/// <summary>One type that uses another of the same assembly, each by its outermost type, so that closures and state machines count as what they stand in.</summary>
internal sealed record Use(string FromFolder, string From, string ToFolder, string To)
{
    public override string ToString() => $"{From} uses {To}";
}

/// <summary>
/// What an assembly's types use of each other, read from the compiled code. ArchUnitNET's own reading gives some members to the wrong
/// type (a closure's to its first user), so a rule between many folders would report uses that nobody wrote. Constants do not show:
/// the compiler copies them.
/// </summary>
internal sealed class CompiledUses
{
    private readonly ModuleDefinition _module;
    private readonly string _root;
    private readonly HashSet<Use> _uses = [];
    private readonly List<Use> _tables = [];

    public CompiledUses(string path, string root)
    {
        _root = root;
        using var module = _module = ModuleDefinition.ReadModule(path);
        foreach (var type in module.GetTypes())
            ReadType(type);
    }

    /// <summary>Between folders only.</summary>
    public IReadOnlyCollection<Use> All => _uses;

    /// <summary>Where <c>DbContext.Set&lt;T&gt;</c> is called for an entity of another folder, or rows are changed that the other folder's query found.</summary>
    public IReadOnlyList<Use> Tables => _tables;

    private void ReadType(TypeDefinition type)
    {
        Attributes(type, type);
        Add(type, type.BaseType);
        foreach (var implemented in type.Interfaces)
            Add(type, implemented.InterfaceType);
        foreach (var field in type.Fields)
        {
            Add(type, field.FieldType);
            Attributes(type, field);
        }

        foreach (var property in type.Properties)
            Attributes(type, property);
        foreach (var method in type.Methods)
            ReadMethod(type, method);
    }

    private void ReadMethod(TypeDefinition type, MethodDefinition method)
    {
        Signature(type, method);
        Attributes(type, method);
        if (!method.HasBody)
            return;
        foreach (var variable in method.Body.Variables)
            Add(type, variable.VariableType);
        foreach (var handler in method.Body.ExceptionHandlers)
            Add(type, handler.CatchType);
        foreach (var instruction in method.Body.Instructions)
            ReadInstruction(type, instruction);
    }

    private void ReadInstruction(TypeDefinition type, Instruction instruction)
    {
        switch (instruction.Operand)
        {
            case MethodReference method:
                Add(type, method.DeclaringType);
                Signature(type, method);
                if (method is not GenericInstanceMethod generic)
                    break;
                foreach (var argument in generic.GenericArguments)
                    Add(type, argument);
                if (IsOfTable(method) && Between(type, generic.GenericArguments[0]) is { } table)
                    _tables.Add(table);
                break;
            case FieldReference field:
                Add(type, field.DeclaringType);
                Add(type, field.FieldType);
                break;
            case TypeReference other:
                Add(type, other);
                break;
        }
    }

    private static bool IsOfTable(MethodReference method) => method.DeclaringType.Name switch
    {
        "DbContext" => method.Name is "Set" or "Add" or "AddAsync" or "Update" or "Remove" or "Attach",
        "EntityFrameworkQueryableExtensions" or "RelationalQueryableExtensions" => method.Name is "ExecuteUpdate" or "ExecuteUpdateAsync" or "ExecuteDelete" or "ExecuteDeleteAsync",
        _ => false,
    };

    private void Signature(TypeDefinition type, MethodReference method)
    {
        Add(type, method.ReturnType);
        foreach (var parameter in method.Parameters)
            Add(type, parameter.ParameterType);
    }

    private void Attributes(TypeDefinition type, ICustomAttributeProvider provider)
    {
        foreach (var attribute in provider.CustomAttributes)
            Add(type, attribute.AttributeType);
    }

    private void Add(TypeDefinition from, TypeReference? to)
    {
        switch (to)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                Add(from, generic.ElementType);
                foreach (var argument in generic.GenericArguments)
                    Add(from, argument);
                return;
            case TypeSpecification specified:
                Add(from, specified.ElementType);
                return;
        }

        if (Between(from, to) is { } use)
            _uses.Add(use);
    }

    private Use? Between(TypeReference from, TypeReference to)
    {
        (from, to) = (Outermost(from), Outermost(to));
        return to.Scope == _module && FolderOf(from) is { } user && FolderOf(to) is { } used && user != used
            ? new(user, from.FullName[(_root.Length + 1)..], used, to.FullName[(_root.Length + 1)..])
            : null;
    }

    // Null for what the compiler adds and for the composition, which may use everything.
    private string? FolderOf(TypeReference type) =>
        type.Namespace.StartsWith(_root + ".", StringComparison.Ordinal) ? type.Namespace[(_root.Length + 1)..].Split('.')[0] : null;

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } declaring)
            type = declaring;
        return type;
    }
}
