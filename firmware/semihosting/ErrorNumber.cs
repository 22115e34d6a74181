namespace SharpProbe.Hosting;

/// <summary>errno values as gdb's File-I/O protocol numbers them (gdb manual, "Errno Values"), which are newlib's too.</summary>
static class ErrorNumber
{
    public const uint Interrupted = 4, BadHandle = 9, BadAddress = 14, Invalid = 22, NotSeekable = 29, NameTooLong = 91;
}
