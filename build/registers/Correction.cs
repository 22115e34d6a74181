namespace SharpProbe.Build.Registers;

/// <summary>Where the SVD data and the reference manual disagree, the manual is right.</summary>
static class Correction
{
    /// <summary>Fields that the manual names once and the data bit by bit, as NAME0, NAME1...</summary>
    private static readonly HashSet<string> Merged = ["PLLM", "PLLN", "PLLP", "PLLQ", "SW", "SWS", "DEDT", "DEAT", "RTCSEL"];

    /// <summary>Register names: (block, name in the data, the manual's name).</summary>
    private static readonly Dictionary<(string, string), string> Renamed = new()
    {
        [("Flash", "ACR_")] = "ACR2",                           // RM0433 4.9.1: bank 2's view of the same register
        [("Flash", "OPTKEYR_")] = "OPTKEYR2",
        [("Flash", "OPTCR_")] = "OPTCR2",
        [("Flash", "OPTSR_CUR_")] = "OPTSR_CUR2",
        [("Flash", "OPTSR_PRG_")] = "OPTSR_PRG2",
        [("Flash", "OPTCCR_")] = "OPTCCR2",
    };

    /// <summary>Interrupt names: the H7's data abbreviate the streams and forget a number (RM0433 table 150).</summary>
    public static string Interrupt(string name) => name switch
    {
        "TIM_CC" => "TIM1_CC",
        _ when name.StartsWith("DMA_STR") => "DMA1_Stream" + name[^1],
        _ when name.StartsWith("DMA1_STR") || name.StartsWith("DMA2_STR") => name[..5] + "Stream" + name[^1],
        _ => name,
    };

    public static IReadOnlyList<SvdRegister> Apply(RegisterBlock block, IReadOnlyList<SvdRegister> registers)
    {
        string prefix = block.Name.ToUpperInvariant() + "_";
        return [.. registers.Select(r => r with { Name = Rename(block, r.Name.StartsWith(prefix) ? r.Name[prefix.Length..] : r.Name), Fields = Merge(r.Fields) }).OrderBy(r => r.Offset)];
    }

    private static string Rename(RegisterBlock block, string name) => Renamed.GetValueOrDefault((block.Name, name), name);

    private static List<SvdField> Merge(IReadOnlyList<SvdField> fields)
    {
        var result = new List<SvdField>();
        foreach (SvdField field in fields)
        {
            string stem = field.Name.TrimEnd("0123456789".ToCharArray());
            if (stem != field.Name && Merged.Contains(stem) && result.FindIndex(f => f.Name == stem) is >= 0 and var i)
                result[i] = result[i] with { Bits = result[i].Bits + 1 };
            else
                result.Add(stem != field.Name && Merged.Contains(stem) ? field with { Name = stem } : field);
        }
        return result;
    }
}
