// What is asked of links. It comes with the views that need it, not with the page.
import type { Invitation, InvitationDraft, InvitationPreview } from '@banter/client';

import { ask, queries } from '@/api/queries';

const invitations = queries.enhanceEndpoints({ addTagTypes: ['Invitations'] }).injectEndpoints({
  endpoints: (build) => ({
    /** Where a link leads. It may hold no more a moment later. */
    invitation: build.query<InvitationPreview, string>({
      queryFn: ask((client, code) => client.invitation(code)),
      keepUnusedDataFor: 0,
    }),
    invitations: build.query<Invitation[], number>({
      queryFn: ask((client, roomId) => client.invitations(roomId)),
      providesTags: ['Invitations'],
      keepUnusedDataFor: 0,
    }),
    createInvitation: build.mutation<Invitation, InvitationDraft>({
      queryFn: ask((client, draft) => client.createInvitation(draft)),
      invalidatesTags: ['Invitations'],
    }),
    removeInvitation: build.mutation<void, string>({
      queryFn: ask((client, code) => client.removeInvitation(code)),
      invalidatesTags: ['Invitations'],
    }),
  }),
});

export const {
  useInvitationQuery,
  useInvitationsQuery,
  useCreateInvitationMutation,
  useRemoveInvitationMutation,
} = invitations;
