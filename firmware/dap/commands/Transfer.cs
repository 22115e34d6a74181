namespace SharpProbe.Dap.Commands;

/// <summary>
/// DAP_Transfer (0x05). Request: DAP index u8 (the TAP of JTAG_Configure; ignored for SWD), count u8, each: <see cref="TransferRequest"/> u8, then a u32 for a write, a match value or a mask. Response: count of transfers
/// executed u8, last acknowledge u8, data of the reads, each behind its time stamp where one is asked for. Ends at the first acknowledge that is not OK, at a mismatch, after an abort, at the end of the
/// request and where the response is full; requests left over are skipped.
/// </summary>
static class Transfer
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int index) || !request.TryByte(out int count)) return false;
        int head = response.Length;
        response.Short(0);
        var run = new TransferRun(dap);
        int done = 0;
        bool may = dap.Choose(index);
        while (done < count && may && !dap.Aborted && run.TryNext(ref request, ref response)) done++;
        for (int left = count - done - run.Refused; left > 0 && request.TryByte(out int bits); left--) request.Skip(new TransferRequest(bits).DataLength);
        run.Finish(ref response);
        response.SetByte(head, done);
        response.SetByte(head + 1, run.Response);
        return true;
    }
}
