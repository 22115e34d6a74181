namespace SharpProbe.Dfu;

/// <summary>First byte of a download with wBlockNum 0 (ST AN3156, DNLOAD).</summary>
public static class DfuSeCommand
{
    public const byte Get = 0x00, SetAddress = 0x21, Erase = 0x41;
}
