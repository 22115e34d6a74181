using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace SharpProbe.Build.Compile;

/// <summary>Methods that ilc compiled, from its .mstat file: an assembly whose method Methods() holds, for each, its token, three sizes and the offset of its linker name in section .names.</summary>
static class MethodStatistics
{

    public static List<MethodName> Read(string file)
    {
        using PEReader image = new(File.OpenRead(file));
        MetadataReader metadata = image.GetMetadataReader();
        BlobReader names = image.GetSectionData(".names").GetReader();
        MethodDefinition method = metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).First(definition => metadata.GetString(definition.Name) == "Methods");
        BlobReader il = image.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
        List<MethodName> methods = [];
        EntityHandle token = default;
        List<int> numbers = [];
        while (il.RemainingBytes > 0)
        {
            byte code = il.ReadByte();
            switch (code)
            {
                case 0xD0:                                       // ldtoken
                    token = MetadataTokens.EntityHandle(il.ReadInt32());
                    numbers.Clear();
                    break;
                case >= 0x15 and <= 0x1E: Add(code - 0x16); break;
                case 0x1F: Add(il.ReadSByte()); break;
                case 0x20: Add(il.ReadInt32()); break;
            }
        }
        return methods;

        void Add(int number)
        {
            numbers.Add(number);
            if (numbers.Count != 4) return;
            names.Offset = numbers[3];
            methods.Add(Describe(metadata, token) with { LinkerName = names.ReadSerializedString() ?? "", Size = numbers[0] });
        }
    }

    private static MethodName Describe(MetadataReader metadata, EntityHandle token)
    {
        if (token.Kind == HandleKind.MethodSpecification) token = metadata.GetMethodSpecification((MethodSpecificationHandle)token).Method;
        if (token.Kind != HandleKind.MemberReference) return new MethodName("", "", "", "", 0);
        MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)token);
        (string space, string type) = TypeName(metadata, member.Parent);
        return new MethodName("", space, type, metadata.GetString(member.Name), 0);
    }

    private static (string Namespace, string Type) TypeName(MetadataReader metadata, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeSpecification)
        {
            BlobReader signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
            if (signature.ReadByte() != (byte)SignatureTypeCode.GenericTypeInstance) return ("", "");
            signature.ReadByte();
            handle = signature.ReadTypeHandle();
        }
        if (handle.Kind != HandleKind.TypeReference) return ("", "");
        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)handle);
        string name = metadata.GetString(type.Name);
        int arity = name.IndexOf('`');
        if (arity >= 0) name = name[..arity];
        if (type.ResolutionScope.Kind != HandleKind.TypeReference) return (metadata.GetString(type.Namespace), name);
        (string space, string outer) = TypeName(metadata, type.ResolutionScope);
        return (space, $"{outer}.{name}");
    }
}
